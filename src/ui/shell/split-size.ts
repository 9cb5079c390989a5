export interface SplitRange {
  /** px of the panel now. */
  readonly px: number
  /** px that the other side can still give. */
  readonly spare: number
  /** px of all that is divided. */
  readonly whole: number
  readonly unit: 'px' | '%'
  /** In px. */
  readonly min: number
  /** In `unit`. */
  readonly max: number
}

/** The size nearest to the wished one that the limits and the other side allow, in the range's unit. */
export function nextSize(wishedPx: number, { px, spare, whole, unit, min, max }: SplitRange): number {
  const most = Math.min(unit === 'px' ? max : (max * whole) / 100, px + Math.max(0, spare))
  const size = Math.max(min, Math.min(wishedPx, most))
  return unit === 'px' ? size : Math.round((size / whole) * 10_000) / 100
}
