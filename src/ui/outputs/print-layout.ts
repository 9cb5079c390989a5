import type { OutputBatch } from '#engine/model/batch-data.ts'
import type { Json } from '#engine/model/json.ts'
import { printRow } from '#engine/record/print-record.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'

const DASHES = '-------------------------------------------'

/** What `print()` writes of one batch, line by line: heading, rows, `...` when there was more, an empty line.
 *  Source: DStream.print */
export function layPrint(timeMs: number, output: Pick<OutputBatch, 'rows' | 'more'>): readonly string[] {
  const rows = output.rows.flatMap((row) => printRow(decode(row)).split('\n'))
  return [DASHES, `Time: ${timeMs} ms`, DASHES, ...rows, ...(output.more ? ['...'] : []), '']
}

/** What a foreachRDD body logged in one batch; nothing when it was silent. */
export function layLog(timeMs: number, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  return [`Time: ${timeMs} ms`, ...lines.flatMap((line) => line.split('\n')), '']
}

/** The record, or what stood in its place: executors run strangers' code. */
export function decode(json: Json): unknown {
  try {
    return decodeTagged(json)
  } catch {
    return json
  }
}
