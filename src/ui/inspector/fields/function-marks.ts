import type { BatchFailure } from '#engine/model/batch-data.ts'
import type { Diagnostic, Severity } from '#engine/model/diagnostic.ts'

/** A mark under a part of a function's source. Offsets in UTF-16 units, `to` excluded. */
export interface CodeMark {
  readonly from: number
  readonly to: number
  readonly severity: Severity
  readonly message: string
}

/** What the checks say of the source, and where it failed on data. Diagnostics without a span mark the whole source. */
export function markFunction(
  source: string,
  diagnostics: readonly Diagnostic[],
  failures: readonly Pick<BatchFailure, 'message' | 'line' | 'column'>[],
): readonly CodeMark[] {
  const known = new Set<string>()
  const checked = diagnostics.map(({ span, severity, message }) => ({
    from: span?.from ?? 0,
    to: span?.to ?? source.length,
    severity,
    message,
  }))
  const failed = failures.flatMap(({ line, column, message }): CodeMark[] => {
    if (line === undefined) return []
    const from = offsetOf(source, line, column ?? 1)
    return [{ from, to: endOfWord(source, from), severity: 'error', message }]
  })
  return [...checked, ...failed].filter((mark) => {
    const key = `${mark.from} ${mark.to} ${mark.message}`
    return known.has(key) ? false : known.add(key)
  })
}

/** Line and column from 1 → offset, within the source. */
export function offsetOf(source: string, line: number, column: number): number {
  let start = 0
  for (let before = 1; before < line; before++) {
    const end = source.indexOf('\n', start)
    if (end < 0) break
    start = end + 1
  }
  return Math.min(source.length, start + column - 1)
}

function endOfWord(source: string, from: number): number {
  const word = /^[\w$]+/.exec(source.slice(from))
  return Math.min(source.length, from + Math.max(1, word?.[0].length ?? 1))
}
