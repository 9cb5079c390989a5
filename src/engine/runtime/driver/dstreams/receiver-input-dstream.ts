import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { InputDStream } from './input-dstream.ts'

/** The blocks that were allocated to a batch: one block, one partition; none is an RDD without partitions.
 *  Source: ReceiverInputDStream.compute */
export class ReceiverInputDStream extends InputDStream {
  protected override compute(timeMs: number): RddHandle {
    const blocks = this.input.blocks.blocksOf(timeMs, this.inputStreamId)
    this.input.inputInfo.report(
      timeMs,
      this.inputStreamId,
      blocks.reduce((sum, block) => sum + block.records, 0),
    )
    return this.make(
      timeMs,
      { kind: 'blocks', partitions: blocks.length },
      [],
      blocks.map((block) => block.payload),
    )
  }
}
