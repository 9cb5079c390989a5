import type { LostInput } from '#engine/model/run-state.ts'

/** Spark's warning, with what was lost. Source: ReceiverInputDStream.createBlockRDD */
export function printLost({ timeMs, node, records }: LostInput): string {
  const what = records === 1 ? '1 record' : `${records} records`
  return `Batch ${timeMs} ms: ${what} of "${node}" could not be recovered as they were not found in memory. To prevent such data loss, enable the write-ahead log: spark.streaming.receiver.writeAheadLog.enable.`
}
