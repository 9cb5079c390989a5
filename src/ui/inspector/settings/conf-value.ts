/** A value of the configuration as a person types it: Spark's `true` and numbers keep their kind in the document. */
export function parseConfValue(text: string): string | number | boolean {
  const trimmed = text.trim()
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true'
  // Only what prints the same again is a number: 1.0 and 007 stay text.
  return trimmed !== '' && String(Number(trimmed)) === trimmed ? Number(trimmed) : text
}
