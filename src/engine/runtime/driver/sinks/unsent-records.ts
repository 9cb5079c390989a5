import type { SendAction } from '#engine/operator/stream-spec.ts'
import type { FileReport, JobReport } from '#engine/runtime/wire.ts'

/** What an output operation of a batch is to send. */
export interface UnsentRecords {
  readonly output: number
  readonly action: SendAction
  /** JSON texts of the records by partition; undefined when the executors did not send each partition once. */
  readonly partitions: readonly (readonly string[])[] | undefined
}

/** What an output operation that succeeded wants sent. */
export function unsentRecords(action: SendAction, output: number, reports: readonly JobReport[]): UnsentRecords {
  return { output, action, partitions: inOrder(reports.flatMap((job) => job.files ?? [])) }
}

/** Executors run strangers' code: what they send may have gaps. A record is one line, which holds no other. */
function inOrder(files: readonly FileReport[]): readonly (readonly string[])[] | undefined {
  const sorted = [...files].sort((a, b) => a.partition - b.partition)
  const partitions = sorted.map(({ text }) => text.split('\n').slice(0, -1))
  const isWhole = sorted.every(
    ({ partition, records }, index) => partition === index && partitions[index]?.length === records,
  )
  return isWhole ? partitions : undefined
}
