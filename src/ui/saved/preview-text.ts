/** Characters of a file that the screen looks at. */
const MOST_CHARS = 500_000
/** Lines of them that it shows. */
const MOST_LINES = 10_000
/** Characters of one line. */
const MOST_IN_LINE = 4_000

export interface Preview {
  readonly lines: readonly string[]
  /** There is more in the file than `lines` show. */
  readonly more: boolean
}

/** The beginning of a file as lines. */
export function previewOf(text: string): Preview {
  const seen = text.slice(0, MOST_CHARS)
  const all = seen.split('\n')
  // The end of the last line is no line of its own.
  if (all.at(-1) === '') all.pop()
  const lines = all
    .slice(0, MOST_LINES)
    .map((line) => (line.length > MOST_IN_LINE ? `${line.slice(0, MOST_IN_LINE)}…` : line))
  const isCut = lines.length < all.length || lines.some((line, index) => line !== all[index])
  return { lines, more: isCut || seen.length < text.length }
}
