import { crc32 } from 'node:zlib'
import type { CheckpointStep } from '#engine/checkpoint/checkpoint-store.ts'

/** Name of the file in a checkpoint directory. */
export const JOURNAL = 'journal'

// A journal is a file of steps, one a line: `<bytes of the body> <CRC-32 of the body, 8 hex digits> <body, JSON>\n`.
// A line counts only as a whole, so that a file cut off anywhere holds the steps before the cut.

/** The steps of a journal up to the first line that is torn or corrupt. */
export interface JournalText {
  readonly steps: readonly CheckpointStep[]
  /** Bytes of the lines that count. */
  readonly bytes: number
}

/** One step as a line. */
export function printStep({ put, remove }: CheckpointStep): Buffer {
  const body = Buffer.from(JSON.stringify({ put: [...put], remove }))
  return Buffer.concat([Buffer.from(`${body.length} ${checksum(body)} `), body, Buffer.from('\n')])
}

/** Reads a journal. Never throws: what follows the first bad line is not read. */
export function parseJournal(file: Buffer): JournalText {
  const steps: CheckpointStep[] = []
  let at = 0
  for (;;) {
    const line = readLine(file, at)
    if (line === undefined) return { steps, bytes: at }
    steps.push(line.step)
    at = line.end
  }
}

// Fifteen digits are more bytes than any file has.
const head = /^(\d{1,15}) ([0-9a-f]{8}) /
const MAX_HEAD_BYTES = 15 + 1 + 8 + 1

function readLine(file: Buffer, at: number): { readonly step: CheckpointStep; readonly end: number } | undefined {
  const match = head.exec(file.toString('latin1', at, at + MAX_HEAD_BYTES))
  if (match === null) return undefined
  const from = at + match[0].length
  const to = from + Number(match[1])
  if (file[to] !== 0x0a) return undefined
  const body = file.subarray(from, to)
  if (checksum(body) !== match[2]) return undefined
  const step = parseStep(body.toString())
  return step === undefined ? undefined : { step, end: to + 1 }
}

function parseStep(text: string): CheckpointStep | undefined {
  try {
    const { put, remove } = JSON.parse(text) as { put: [string, string][]; remove: string[] } // our own text: its checksum held
    return { put: new Map(put), remove }
  } catch {
    return undefined
  }
}

function checksum(body: Buffer): string {
  return crc32(body).toString(16).padStart(8, '0')
}
