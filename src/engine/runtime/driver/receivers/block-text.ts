import type { BlockPayload, WholePayload } from '#engine/runtime/wire.ts'

/** Characters of the whole. */
export function charsOfBlock(payload: BlockPayload): number {
  if (payload.kind !== 'messages') return payload.text.length
  return payload.texts.reduce((sum, text) => sum + text.length, payload.texts.length - 1)
}

/** The block as one text, for the log and for whoever reads no bytes. */
export function wholeOf(payload: BlockPayload): WholePayload {
  if (payload.kind !== 'messages') return payload
  return { kind: 'lines', text: payload.texts.join('\n'), count: payload.count }
}
