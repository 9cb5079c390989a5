import * as v from 'valibot'
import type { Json } from '#engine/model/json.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import {
  MAX_BLOCK_CHARS,
  MAX_BLOCK_RECORDS,
  MAX_CALLS,
  MAX_HAPPENED,
  MAX_PULLED_BLOCKS,
  MAX_PULLED_CHARS,
  MAX_PULLED_RECORDS,
  MAX_TEXT,
  type ReceiverMessage,
} from '#engine/runtime/receiver/receiver-wire.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const text = (chars: number) => v.pipe(v.string(), v.maxLength(chars))
const words = text(MAX_TEXT + 100)

const thrown = {
  error: words,
  calls: v.exactOptional(
    v.pipe(
      v.array(v.strictObject({ name: v.exactOptional(text(200)), line: count, column: count })),
      v.maxLength(MAX_CALLS),
    ),
  ),
}

const happening = v.variant('kind', [
  v.strictObject({ kind: v.literal('started') }),
  v.strictObject({ kind: v.literal('startFailed'), ...thrown }),
  v.strictObject({ kind: v.literal('reportError'), message: words, ...thrown }),
  v.strictObject({
    kind: v.literal('restart'),
    message: words,
    ...thrown,
    delayMs: v.union([v.undefined(), v.pipe(v.number(), v.minValue(0), v.maxValue(2 ** 31 - 1))]),
  }),
  v.strictObject({ kind: v.literal('stop'), message: words, ...thrown }),
  v.strictObject({ kind: v.literal('log'), text: words }),
  v.strictObject({ kind: v.literal('dropped'), records: count }),
])

const message = v.variant('kind', [
  v.strictObject({ kind: v.literal('loaded'), name: text(100) }),
  v.strictObject({ kind: v.literal('refused'), ...thrown }),
  v.strictObject({ kind: v.literal('ready') }),
  v.strictObject({
    kind: v.literal('answer'),
    seq: count,
    records: v.pipe(count, v.maxValue(MAX_PULLED_RECORDS)),
    text: text(MAX_PULLED_CHARS + 2),
    blocks: v.pipe(
      v.array(
        v.strictObject({
          id: count,
          records: v.pipe(count, v.maxValue(MAX_BLOCK_RECORDS)),
          text: text(MAX_BLOCK_CHARS),
        }),
      ),
      v.maxLength(MAX_PULLED_BLOCKS),
    ),
    happened: v.pipe(v.array(happening), v.maxLength(MAX_HAPPENED + 1)),
    waiting: count,
  }),
])

/** What came from a receiver's worker, which may be hostile: exactly one of the messages of receiver-wire.ts, or the reason why not. */
export function parseReceiverMessage(data: unknown): Result<ReceiverMessage, string> {
  const parsed = v.safeParse(message, data)
  return parsed.success ? ok(parsed.output) : err(v.summarize(parsed.issues).slice(0, 500))
}

/** The records of an answer or a block; undefined when the text does not hold as many as it was said to. */
export function parseRecords(text: string, records: number): readonly Json[] | undefined {
  try {
    const values: unknown = JSON.parse(text)
    return Array.isArray(values) && values.length === records ? (values as Json[]) : undefined // JSON.parse made them
  } catch {
    return undefined
  }
}
