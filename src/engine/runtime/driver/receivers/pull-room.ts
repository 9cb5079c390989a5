/** Records that may wait on one side when no rate limits them. */
const MOST_HELD = 50_000
const UNLIMITED_WINDOW = 2_000

interface Flow {
  /** Records a second; Infinity = no limit. */
  readonly rate: number
  readonly intervalMs: number
}

/** Records that may wait in a receiver's worker before store makes callers wait: those of one block interval. */
export function windowOf({ rate, intervalMs }: Flow): number {
  return Math.max(1, Math.min(UNLIMITED_WINDOW, Math.ceil((rate * intervalMs) / 1000)))
}

/** Records that may be pulled now: as many wait for the rate limit in the driver as two block intervals let through. While blocks cannot be
 *  stored none are cut, and there is no more room. */
export function roomOf({ rate, intervalMs }: Flow, waiting: number): number {
  const most = Math.min(MOST_HELD, Math.ceil((2 * rate * intervalMs) / 1000) + 1)
  return Math.max(0, most - waiting)
}

/** Everything that is there, for an end. */
export const ALL_RECORDS = MOST_HELD
