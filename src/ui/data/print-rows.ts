import { isPair, printRow, printValue } from '#engine/record/print-record.ts'
import { encodeTagged } from '#engine/record/tagged-json.ts'
import type { RecordRow } from '#ui/table/RecordTable.tsx'
import { layRecords, readField } from '#ui/table/record-columns.ts'

/** The records as a JSON array, in tagged form where one is not JSON. */
export function printJson(rows: readonly RecordRow[]): string {
  return JSON.stringify(
    rows.map((row) => encodeTagged(row.value)),
    undefined,
    2,
  )
}

/** The rows as the table shows them, with a line of titles.
 *  Source: RFC 4180 */
export function printCsv(rows: readonly RecordRow[], titles: Readonly<Record<CsvTitle, string>>): string {
  const layout = layRecords(rows.map((row) => row.value))
  const places = [titles.partition, titles.index]
  const lines =
    layout.kind === 'pairs'
      ? [[...places, titles.key, titles.value], ...rows.map((row) => [...placeOf(row), ...cellsOfPair(row.value)])]
      : layout.kind === 'fields'
        ? [
            [...places, ...layout.names],
            ...rows.map((row) => [...placeOf(row), ...layout.names.map((name) => cellOfField(row.value, name))]),
          ]
        : [[...places, titles.value], ...rows.map((row) => [...placeOf(row), printRow(row.value)])]
  return `${lines.map((cells) => cells.map(quote).join(',')).join('\r\n')}\r\n`
}

export type CsvTitle = 'partition' | 'index' | 'key' | 'value'

function placeOf({ partition, index }: RecordRow): readonly string[] {
  return [partition === undefined ? '' : String(partition), String(index)]
}

function cellsOfPair(value: unknown): readonly string[] {
  return isPair(value) ? [bare(value[0]), bare(value[1])] : [bare(value), '']
}

function cellOfField(value: unknown, name: string): string {
  const field = readField(value, name)
  return field === 'absent' ? '' : bare(field.value)
}

function bare(value: unknown): string {
  return typeof value === 'string' ? value : printValue(value)
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const texts = new WeakMap<RecordRow, string>()

/** The rows whose record holds the text, whatever the case of its letters. */
export function searchRows(rows: readonly RecordRow[], query: string): readonly RecordRow[] {
  const wanted = query.trim().toLowerCase()
  return wanted === '' ? rows : rows.filter((row) => textOf(row).includes(wanted))
}

function textOf(row: RecordRow): string {
  const known = texts.get(row)
  if (known !== undefined) return known
  const text = bare(row.value).toLowerCase()
  texts.set(row, text)
  return text
}
