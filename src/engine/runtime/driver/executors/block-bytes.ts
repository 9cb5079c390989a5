import type { Encode } from '#engine/runtime/executor/packed/packed-block.ts'
import { type AsciiPayload, type BatchOrder, type BlockPayload, SLACK_BYTES } from '#engine/runtime/wire.ts'

const LINE_END = 10

/** The lines of a block as bytes in memory of their own.
 *  Fails: undefined where they are not ASCII, and for what is not lines */
export function asciiOf(payload: BlockPayload, encode: Encode): AsciiPayload | undefined {
  if ((payload.kind !== 'lines' && payload.kind !== 'messages') || payload.count === 0) return undefined
  const texts = payload.kind === 'lines' ? [payload.text] : payload.texts
  const length = texts.reduce((sum, text) => sum + text.length, texts.length - 1)
  const bytes = new ArrayBuffer(length + SLACK_BYTES)
  const all = new Uint8Array(bytes)
  let at = 0
  for (const text of texts) {
    const { read, written } = encode(text, all.subarray(at, length))
    if (read !== text.length || written !== text.length) return undefined
    at += written
    all[at] = LINE_END
    at += 1
  }
  return { kind: 'ascii', bytes, length, count: payload.count }
}

/** What an order hands over. */
export function memoryOf({ blocks }: BatchOrder): readonly ArrayBuffer[] {
  return blocks.flatMap(({ payload }) => (payload.kind === 'ascii' ? [payload.bytes] : []))
}
