import { err, ok, type Result } from '#engine/model/result.ts'
import { checksum } from './checksum.ts'

// Every entry is stored as `sluice/<format> <checksum> <body>`. The checksum is that of the body and of the entry's name: half an entry, a changed one, and
// one in another's place are all known for what they are.

/** Counts the forms that entries have had. */
export const FORMAT = 2

const head = /^sluice\/(\d{1,6}) ([0-9a-f]{14}) /

export function sealEntry(name: string, body: string): string {
  return `sluice/${FORMAT} ${sumOf(name, body)} ${body}`
}

/** The body of a stored entry.
 *  Fails: why it is of no use */
export function openEntry(name: string, text: string): Result<string, 'damaged' | 'foreign'> {
  const match = head.exec(text.slice(0, 64))
  if (match === null) return err('damaged')
  if (Number(match[1]) !== FORMAT) return err('foreign')
  const body = text.slice(match[0].length)
  return sumOf(name, body) === match[2] ? ok(body) : err('damaged')
}

function sumOf(name: string, body: string): string {
  return checksum(body, Number.parseInt(checksum(name).slice(6), 16) | 0)
}
