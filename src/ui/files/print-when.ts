const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** A moment as seen from another: "5 minutes ago". Both in wall ms. */
export function printWhen(atMs: number, nowMs: number, locale = 'en'): string {
  const agoMs = Math.max(0, nowMs - atMs)
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  for (const [unit, unitMs] of UNITS) {
    if (agoMs >= unitMs) return format.format(-Math.floor(agoMs / unitMs), unit)
  }
  return format.format(0, 'second')
}
