// Spark's arithmetic on Time and Duration. Both are plain numbers here: whole milliseconds, named …Ms.

/** The last grid point at or before `timeMs`, on the grid of `periodMs` through `zeroMs`.
 *  Units:  ms; before `zeroMs` it rounds towards `zeroMs`, as Spark's integer division does
 *  Source: Time.floor */
export function floorTime(timeMs: number, periodMs: number, zeroMs = 0): number {
  return Math.trunc((timeMs - zeroMs) / periodMs) * periodMs + zeroMs
}

/** Whether `ms` holds a whole number of `periodMs`.
 *  Source: Duration.isMultipleOf, Time.isMultipleOf */
export function isMultipleOf(ms: number, periodMs: number): boolean {
  return ms % periodMs === 0
}

/** Every `stepMs` from `fromMs`, `toMs` excluded.
 *  Source: Time.until */
export function timesUntil(fromMs: number, toMs: number, stepMs: number): readonly number[] {
  const times: number[] = []
  for (let timeMs = fromMs; timeMs < toMs; timeMs += stepMs) times.push(timeMs)
  return times
}

/** Every `stepMs` from `fromMs`, `toMs` included when it is reached exactly.
 *  Source: Time.to */
export function timesTo(fromMs: number, toMs: number, stepMs: number): readonly number[] {
  return timesUntil(fromMs, toMs + 1, stepMs)
}

/** The first batch time after `nowMs` of a context that starts then: strictly later, on the grid through 0.
 *  Source: RecurringTimer.getStartTime */
export function firstBatchAfter(nowMs: number, periodMs: number): number {
  return restartTime(nowMs, periodMs, 0)
}

/** The first batch time after `nowMs` of a context that goes on with the grid through `zeroMs`.
 *  Source: RecurringTimer.getRestartTime */
export function restartTime(nowMs: number, periodMs: number, zeroMs: number): number {
  return (Math.floor((nowMs - zeroMs) / periodMs) + 1) * periodMs + zeroMs
}

/** A time or a duration as Spark prints it: `1000 ms`.
 *  Source: Time.toString, Duration.toString */
export function printMs(ms: number): string {
  return `${ms} ms`
}
