import type { PlanStream } from '#engine/compile/plan.ts'
import { rowsBefore } from '#engine/generators/pattern.ts'
import type { Feed } from '#engine/operator/feed.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { type InputContext, InputDStream } from './input-dstream.ts'

/** Seeded rows: a batch is a range of row numbers, which the executors turn into records. Replayable for ever, like Kafka's offsets. */
export class SimulatedInputDStream extends InputDStream {
  private readonly feed: Extract<Feed, { kind: 'simulated' }>

  constructor(
    stream: PlanStream,
    feed: Extract<Feed, { kind: 'simulated' }>,
    inputStreamId: number,
    context: InputContext,
  ) {
    super(stream, inputStreamId, context)
    this.feed = feed
  }

  protected override compute(timeMs: number): RddHandle {
    const { zeroMs } = this.context
    const from = this.rowsBefore(timeMs - this.slideMs)
    const to = this.rowsBefore(timeMs)
    const numRecords = to - from
    // As a Kafka stream does of its offsets.
    const Description = `rows: ${from} to ${to}\tcount: ${numRecords}`
    this.input.inputInfo.report(timeMs, this.inputStreamId, { numRecords, metadata: { Description } })
    return this.make(timeMs, { kind: 'simulated', from, to, zeroMs })
  }

  private rowsBefore(timeMs: number): number {
    return rowsBefore(this.feed.pattern, this.feed.rowsPerSecond, timeMs - this.context.zeroMs)
  }
}
