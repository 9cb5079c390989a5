import type { SaveAction } from '#engine/operator/stream-spec.ts'
import { printRow } from '#engine/record/print-record.ts'
import type { Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { type FileReport, MAX_PART_CHARS, MAX_PARTS } from '#engine/runtime/wire.ts'
import { encodeRecord } from './meter.ts'
import { JobFailure } from './step-failure.ts'

/** Characters of one executor's reply to a batch. */
export const MAX_REPLY_CHARS = MAX_PARTS * MAX_PART_CHARS

/** Each partition as the text of its file, a line per record: as `print` writes it, or as tagged JSON.
 *  Fails: throws a JobFailure when a record is none, or when there is more text than a reply can carry */
export function printFiles(
  partitions: ReadonlyMap<number, Records>,
  format: SaveAction['format'],
  node: string,
): readonly FileReport[] {
  let room = MAX_REPLY_CHARS
  return [...partitions].map(([partition, records]) => {
    const lines: string[] = []
    for (const record of records) {
      // Also what is written as text must be a record: `print` refuses the same ones.
      const tagged = encodeRecord(record, node)
      const line = `${format === 'text' ? printRow(record) : JSON.stringify(tagged)}\n`
      lines.push(line)
      room -= line.length
      if (room < 0) throw tooLarge(node)
    }
    return { partition, records: records.length, text: lines.join('') }
  })
}

/** What a batch leaves is more than a reply can carry. */
export function tooLarge(node: string): JobFailure {
  const most = MAX_REPLY_CHARS / 1_000_000
  return new JobFailure({
    node,
    message: `One batch would save more than the ${most} million characters that one executor can hand over: make batches shorter, keep fewer or shorter records, or use more cores.`,
  })
}
