// Where batches stand on the timeline strip: one column each, the newest at the right edge.

/** Most columns on the strip at a time. */
export const MAX_COLUMNS = 120
const MIN_COLUMN_PX = 6

export interface StripGeometry {
  readonly columnPx: number
  readonly columns: number
}

/** Columns that fit into a plot of this width. */
export function layStrip(plotPx: number): StripGeometry {
  const columns = Math.max(1, Math.min(MAX_COLUMNS, Math.floor(plotPx / MIN_COLUMN_PX)))
  return { columns, columnPx: plotPx / columns }
}

/** The part of `batches` (oldest first) on the strip, when it was scrolled `back` batches into the past. */
export function visiblePart<T>(batches: readonly T[], columns: number, back: number): readonly T[] {
  const end = batches.length - clampBack(back, batches.length, columns)
  return batches.slice(Math.max(0, end - columns), end)
}

/** How far back the strip may go: until the oldest batch is its first column. */
export function clampBack(back: number, batches: number, columns: number): number {
  return Math.max(0, Math.min(back, batches - columns))
}

/** How far back the strip stands when its last column is the batch of this time, or the next one that is still kept. */
export function backOfTime(timesMs: readonly number[], lastMs: number): number {
  const index = timesMs.findIndex((timeMs) => timeMs >= lastMs)
  return index < 0 ? 0 : timesMs.length - 1 - index
}

/** How far back the strip must go so that batch `index` is on it; as it stands when it is there already. */
export function backToShow(index: number, batches: number, columns: number, back: number): number {
  const current = clampBack(back, batches, columns)
  const last = batches - 1 - current
  if (index > last) return batches - 1 - index
  if (index <= last - columns) return clampBack(batches - columns - index, batches, columns)
  return current
}

/** Left edge of column `index` of `shown`, when the newest stands at the right. */
export function columnLeft(index: number, shown: number, geometry: StripGeometry): number {
  return (geometry.columns - shown + index) * geometry.columnPx
}

/** Index into the shown batches at `xPx` of the plot. */
export function columnAt(xPx: number, shown: number, geometry: StripGeometry): number | undefined {
  const index = Math.floor(xPx / geometry.columnPx) - (geometry.columns - shown)
  return index >= 0 && index < shown ? index : undefined
}
