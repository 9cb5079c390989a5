import { formatNumber } from '#ui/words/words.ts'

/** A figure in full. */
export function printFigure(value: number): string {
  return formatNumber(value, { maximumSignificantDigits: Math.abs(value) < 1e6 ? 6 : 15 })
}

/** A figure on an axis. */
export function printTick(value: number): string {
  return Math.abs(value) < 10_000
    ? formatNumber(value, { maximumSignificantDigits: 6 })
    : formatNumber(value, { notation: 'compact', maximumSignificantDigits: 3 })
}
