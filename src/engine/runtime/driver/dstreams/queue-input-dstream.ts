import type { PlanStream } from '#engine/compile/plan.ts'
import type { Json } from '#engine/model/json.ts'
import type { Feed } from '#engine/operator/feed.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { slicedPayloads } from '#engine/runtime/driver/graph/sliced-payloads.ts'
import { type InputContext, InputDStream } from './input-dstream.ts'

/** RDDs taken one by one from a queue, or all at once. Reports no input counts, as Spark's does not.
 *  `null` in the queue is a batch without an RDD, which Spark's queue cannot hold: it serves tests.
 *  Source: QueueInputDStream; dstream-semantics §7.1 */
export class QueueInputDStream extends InputDStream {
  private readonly feed: Extract<Feed, { kind: 'queue' }>
  private next = 0
  /** The last batch that took a null: asked for again, it must not take another entry. */
  private noneAtMs = Number.NaN

  constructor(
    stream: PlanStream,
    feed: Extract<Feed, { kind: 'queue' }>,
    inputStreamId: number,
    context: InputContext,
  ) {
    super(stream, inputStreamId, context)
    this.feed = feed
  }

  protected override compute(timeMs: number): RddHandle | undefined {
    if (timeMs === this.noneAtMs) return undefined
    const taken = this.take()
    if (taken === undefined) return this.default(timeMs)
    const batches = taken.filter((batch) => batch !== null)
    if (batches.length === 0) {
      this.noneAtMs = timeMs
      return undefined
    }
    return this.makeBlocks(
      timeMs,
      batches.flatMap((batch) => slicedPayloads(batch, this.feed.partitions)),
    )
  }

  private take(): readonly (readonly Json[] | null)[] | undefined {
    const { batches, oneAtATime } = this.feed
    if (this.next >= batches.length) return undefined
    const taken = batches.slice(this.next, oneAtATime ? this.next + 1 : batches.length)
    this.next += taken.length
    return taken
  }

  private default(timeMs: number): RddHandle {
    const { defaultBatch, partitions } = this.feed
    if (defaultBatch === null) return this.makeBlocks(timeMs, [])
    return this.makeBlocks(timeMs, slicedPayloads(defaultBatch ?? [], defaultBatch === undefined ? 1 : partitions))
  }

  private makeBlocks(timeMs: number, payloads: RddHandle['payloads']): RddHandle {
    return this.make(timeMs, { kind: 'blocks', partitions: payloads.length }, [], payloads)
  }
}
