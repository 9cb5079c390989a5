/** Stroke widths of an edge, in canvas units: none yet or empty, then one step for each power of ten. */
const WIDTHS = [1.5, 2, 2.75, 3.5, 4.5, 5.5] as const

/** How thick an edge is drawn: grows with the logarithm of the records, in few steps, so that it does not flicker. */
export function edgeWidth(records: number | undefined): number {
  if (records === undefined || records < 1) return WIDTHS[0]
  const step = Math.min(Math.floor(Math.log10(records)) + 1, WIDTHS.length - 1)
  return WIDTHS[step] ?? WIDTHS[0]
}
