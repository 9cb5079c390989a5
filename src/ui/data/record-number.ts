import type { RecordRow } from '#ui/table/RecordTable.tsx'

/** A record that somebody asks for. */
export interface AskedRecord {
  readonly partition: number
  readonly index: number
}

/** Reads `120` as the batch's record 120, counted from 0 over its partitions in order, and `2/15` as record 15 of partition 2.
 *  Fails: `unreadable`; `beyond` when the batch has no such record */
export function parseRecordNumber(text: string, partitions: readonly number[]): AskedRecord | 'unreadable' | 'beyond' {
  const match = /^(?:(\d{1,15})\s*\/\s*)?(\d{1,15})$/.exec(
    text.trim().replace(/(?<=\d)[,.'’\u00a0\u202f ](?=\d{3}\b)/g, ''),
  )
  if (match === null) return 'unreadable'
  const number = Number(match[2])
  if (match[1] !== undefined) {
    const partition = Number(match[1])
    return number < (partitions[partition] ?? 0) ? { partition, index: number } : 'beyond'
  }
  let index = number
  for (const [partition, count] of partitions.entries()) {
    if (index < count) return { partition, index }
    index -= count
  }
  return 'beyond'
}

/** The record's number in the batch, counted from 0 over the partitions in order. */
export function recordNumber({ partition, index }: AskedRecord, partitions: readonly number[]): number {
  return partitions.slice(0, partition).reduce((sum, count) => sum + count, 0) + index
}

export type ShownRow = RecordRow & AskedRecord

/** The first shown record at or behind the one that is asked for; undefined when none is. */
export function findShown(rows: readonly RecordRow[], asked: AskedRecord): ShownRow | undefined {
  let found: ShownRow | undefined
  for (const row of rows) {
    if (!isPlaced(row) || isBefore(row, asked)) continue
    if (found === undefined || isBefore(row, found)) found = row
  }
  return found
}

/** The last shown record. */
export function lastShown(rows: readonly RecordRow[]): ShownRow | undefined {
  return rows
    .filter(isPlaced)
    .reduce<ShownRow | undefined>((last, row) => (last && isBefore(row, last) ? last : row), undefined)
}

export function isSame(one: AskedRecord, other: AskedRecord): boolean {
  return one.partition === other.partition && one.index === other.index
}

function isPlaced(row: RecordRow): row is ShownRow {
  return row.partition !== undefined
}

function isBefore(one: AskedRecord, other: AskedRecord): boolean {
  return one.partition < other.partition || (one.partition === other.partition && one.index < other.index)
}
