import { retainKey } from '#engine/record/retain-key.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'

/** Lines of text that travel as one text, so that a receiver makes no string for each of them. */
export interface LineChunk {
  /** Joined by \n, which no line holds; empty without lines, and for one empty line. */
  readonly text: string
  readonly count: number
}

const NO_LINES: LineChunk = { text: '', count: 0 }

/** The lines of texts that were typed; a break at the end of a text starts one more. Lines end in \n or \r\n. */
export function linesOf(texts: readonly string[]): LineChunk {
  if (texts.length === 0) return NO_LINES
  const text = texts.map(withPlainBreaks).join('\n')
  return { text, count: countBreaks(text) + 1 }
}

/** The lines of a message; a break at its end starts none. */
export function linesOfMessage(message: string): LineChunk {
  const text = withPlainBreaks(message)
  if (text === '') return NO_LINES
  const breaks = countBreaks(text)
  return text.endsWith('\n') ? { text: text.slice(0, -1), count: breaks } : { text, count: breaks + 1 }
}

/** All lines, one after another. */
export function joinLines(chunks: readonly LineChunk[]): LineChunk {
  const [first] = chunks
  if (first === undefined) return NO_LINES
  if (chunks.length === 1) return first
  return {
    text: chunks.map(({ text }) => text).join('\n'),
    count: chunks.reduce((sum, { count }) => sum + count, 0),
  }
}

/** Texts shorter than this, on average, are put together: many strings cost more than a copy. */
const LARGE_CHARS = 4096

/** Lines as a block keeps them. */
export function blockOf(chunks: readonly LineChunk[]): Extract<BlockPayload, { kind: 'lines' | 'messages' }> {
  const texts = chunks.map(({ text }) => text)
  const chars = texts.reduce((sum, text) => sum + text.length, 0)
  if (texts.length < 2 || chars < texts.length * LARGE_CHARS) return { kind: 'lines', ...joinLines(chunks) }
  return { kind: 'messages', texts, count: chunks.reduce((sum, { count }) => sum + count, 0) }
}

/** The first `lines` lines as a text of their own, which does not keep the whole alive, and those after them. There is at least one of both. */
export function splitLines({ text, count }: LineChunk, lines: number): readonly [LineChunk, LineChunk] {
  let end = -1
  for (let line = 0; line < lines; line++) end = text.indexOf('\n', end + 1)
  return [
    { text: retainKey(text.slice(0, end)), count: lines },
    { text: text.slice(end + 1), count: count - lines },
  ]
}

function withPlainBreaks(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n') : text
}

function countBreaks(text: string): number {
  let breaks = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks += 1
  return breaks
}
