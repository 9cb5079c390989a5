import type { PlanStream } from '#engine/compile/plan.ts'
import type { Feed } from '#engine/operator/feed.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { slicedPayloads } from '#engine/runtime/driver/graph/sliced-payloads.ts'
import { type InputContext, InputDStream } from './input-dstream.ts'

/** Batches by number, so that any of them can be made again.
 *  Source: TestInputStream of Spark's own suites */
export class IndexedInputDStream extends InputDStream {
  private readonly feed: Extract<Feed, { kind: 'indexed' }>

  constructor(
    stream: PlanStream,
    feed: Extract<Feed, { kind: 'indexed' }>,
    inputStreamId: number,
    context: InputContext,
  ) {
    super(stream, inputStreamId, context)
    this.feed = feed
  }

  protected override compute(timeMs: number): RddHandle | undefined {
    const batch = this.feed.batches[(timeMs - this.context.zeroMs) / this.slideMs - 1]
    if (batch === null) return undefined
    const records = batch ?? []
    this.input.inputInfo.report(timeMs, this.inputStreamId, { numRecords: records.length })
    const payloads = slicedPayloads(records, this.feed.partitions)
    return this.make(timeMs, { kind: 'blocks', partitions: payloads.length }, [], payloads)
  }
}
