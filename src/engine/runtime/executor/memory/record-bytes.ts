import { shapeOf } from '#engine/record/shape.ts'

// Estimates: what V8 takes on a 64-bit machine, a little more in Node than in a browser. No record is gone through whole.

/** Looked at of a list; the others are taken to be like them. */
const SAMPLE = 32
const POINTER = 8
const HEADER = 32
const MAX_DEPTH = 6

/** What a record takes beside the reference to it. */
export function recordBytes(record: unknown, depth = 0): number {
  switch (typeof record) {
    case 'string':
      return 16 + (isWide(record) ? 2 : 1) * record.length
    case 'number':
      return (record | 0) === record ? 0 : 16
    case 'bigint':
      return 24
    case 'object':
      return record === null || depth === MAX_DEPTH ? 0 : objectBytes(record, depth + 1)
    default:
      return 0
  }
}

function objectBytes(record: object, depth: number): number {
  if (Array.isArray(record)) return 2 * HEADER - 2 * POINTER + listBytes(record, depth)
  if (shapeOf(record) !== 'plain') return 2 * HEADER
  return HEADER + listBytes(Object.values(record), depth)
}

/** What a list of records takes, with the references to them. */
export function listBytes(records: readonly unknown[], depth = 0): number {
  return records.length * (POINTER + meanBytes(records.length, (at) => recordBytes(records[at], depth)))
}

/** The mean of some of so many sizes, taken evenly. */
export function meanBytes(length: number, bytesAt: (at: number) => number): number {
  const count = Math.min(length, SAMPLE)
  let sum = 0
  for (let at = 0; at < count; at++) sum += bytesAt(Math.floor((at * length) / count))
  return count === 0 ? 0 : sum / count
}

/** Whether a text has characters of two bytes, going by its beginning. */
function isWide(text: string): boolean {
  for (let at = 0; at < Math.min(text.length, 16); at++) if (text.charCodeAt(at) > 255) return true
  return false
}
