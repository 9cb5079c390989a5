import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { InputDStream } from './input-dstream.ts'

/** The blocks that were allocated to a batch: one block, one partition; none is an RDD without partitions. Blocks that died with a driver
 *  are left out, and told.
 *  Source: ReceiverInputDStream.compute, createBlockRDD */
export class ReceiverInputDStream extends InputDStream {
  protected override compute(timeMs: number): RddHandle {
    const blocks = this.input.blocks.blocksOf(timeMs, this.inputStreamId)
    const lost = blocks.filter((block) => block.payload === undefined)
    const payloads = blocks.map((block) => block.payload).filter((payload) => payload !== undefined)
    const count = (of: typeof blocks): number => of.reduce((sum, block) => sum + block.records, 0)
    this.input.inputInfo.report(timeMs, this.inputStreamId, { numRecords: count(blocks) - count(lost) })
    if (lost.length > 0)
      this.input.onLost({ timeMs, node: this.stream.node, records: count(lost), blocks: lost.length })
    return this.make(timeMs, { kind: 'blocks', partitions: payloads.length }, [], payloads)
  }
}
