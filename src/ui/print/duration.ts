// Durations in the words of Spark's Streaming tab.

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const YEAR = 365 * DAY

/** Tables and tool tips: `35 ms`, `0.3 s`, `12 s`, `1.5 min`.
 *  Source: UIUtils.formatDuration; dstream-semantics §13.6 */
export function printDuration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`
  // Java rounds halves up; dividing by a whole number of ms keeps the halves exact.
  if (ms < SECOND) return `${(Math.round(ms / 100) / 10).toFixed(1)} s`
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`
  if (ms < 10 * MINUTE) return `${(Math.round(ms / 6000) / 10).toFixed(1)} min`
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`
  return `${(Math.round(ms / 360_000) / 10).toFixed(1)} h`
}

function counted(count: number, unit: string): string {
  if (count === 0) return ''
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}

/** Header and averages: `5 seconds 35 ms`. Keeps the trailing blank that Spark leaves where the smaller unit is zero.
 *  Units:  whole ms
 *  Source: UIUtils.formatDurationVerbose */
export function printDurationVerbose(ms: number): string {
  const millis = ms >= SECOND && ms % SECOND === 0 ? '' : `${ms % SECOND} ms`
  const seconds = counted(Math.floor((ms % MINUTE) / SECOND), 'second')
  const minutes = counted(Math.floor((ms % HOUR) / MINUTE), 'minute')
  const hours = counted(Math.floor((ms % DAY) / HOUR), 'hour')
  const days = counted(Math.floor((ms % WEEK) / DAY), 'day')
  const weeks = counted(Math.floor((ms % YEAR) / WEEK), 'week')
  if (ms < SECOND) return millis
  if (ms < MINUTE) return `${seconds} ${millis}`
  if (ms < HOUR) return `${minutes} ${seconds}`
  if (ms < DAY) return `${hours} ${minutes} ${seconds}`
  if (ms < WEEK) return `${days} ${hours} ${minutes}`
  if (ms < YEAR) return `${weeks} ${days} ${hours}`
  return `${counted(Math.floor(ms / YEAR), 'year')} ${weeks} ${days}`
}

export type TimeUnit = 'ms' | 'sec' | 'min' | 'hrs' | 'days'

const unitMs: Readonly<Record<TimeUnit, number>> = { ms: 1, sec: SECOND, min: MINUTE, hrs: HOUR, days: DAY }

/** The largest unit in which `ms` is at least one, and `ms` in it.
 *  Source: ui/UIUtils.normalizeDuration, shortTimeUnitString */
export function normalizeDuration(ms: number): { readonly value: number; readonly unit: TimeUnit } {
  const units: readonly TimeUnit[] = ['days', 'hrs', 'min', 'sec']
  const unit = units.find((candidate) => ms >= unitMs[candidate]) ?? 'ms'
  return { value: ms / unitMs[unit], unit }
}

/** `ms` in another unit.
 *  Source: ui/UIUtils.convertToTimeUnit */
export function toTimeUnit(ms: number, unit: TimeUnit): number {
  return ms / unitMs[unit]
}

/** The reading beside a field of milliseconds: `30 s`, `1.5 s`, `2 min`; undefined when seconds would say nothing new. */
export function readSeconds(ms: number): string | undefined {
  if (!Number.isFinite(ms) || ms < 100) return undefined
  const { value, unit } = normalizeDuration(ms)
  if (unit === 'ms') return `${ms / 1000} s`
  const names = { sec: 's', min: 'min', hrs: 'h', days: 'd' } as const
  // A value that needs more than two decimals is clearer in seconds.
  return Number.isInteger(value * 100) ? `${value} ${names[unit]}` : `${ms / 1000} s`
}
