import type { Pattern } from '#engine/operator/feed.ts'

/** One repeating shape of a rate. Work is the integral of the relative rate, in ms: over a whole period it equals the
 *  period, so every pattern has the mean rate that was asked for. */
interface Shape {
  readonly periodMs: number
  /** Work done `phaseMs` into the period; rises with it. */
  readonly workAt: (phaseMs: number) => number
  /** The inverse of workAt, near enough: rowTime mends the last millisecond. */
  readonly phaseOf: (workMs: number) => number
}

/** A rate that is constant in each of several stretches. */
function stretches(...parts: readonly { readonly forMs: number; readonly rate: number }[]): Shape {
  return {
    periodMs: parts.reduce((sum, part) => sum + part.forMs, 0),
    workAt: (phaseMs) => {
      let work = 0
      let rest = phaseMs
      for (const { forMs, rate } of parts) {
        work += Math.min(rest, forMs) * rate
        rest = Math.max(0, rest - forMs)
      }
      return work
    },
    phaseOf: (workMs) => {
      let phase = 0
      let rest = workMs
      for (const { forMs, rate } of parts) {
        phase += Math.min(rest / rate, forMs)
        rest = Math.max(0, rest - forMs * rate)
      }
      return phase
    },
  }
}

/** A sine: 1 + height · sin. */
function sine(periodMs: number, height: number): Shape {
  const turn = (2 * Math.PI) / periodMs
  const workAt = (phaseMs: number) => phaseMs + (height / turn) * (1 - Math.cos(turn * phaseMs))
  return {
    periodMs,
    workAt,
    phaseOf: (workMs) => {
      // Bisection, since the inverse has no closed form; 20 halvings leave less than a millisecond of any period here.
      let low = 0
      let high = periodMs
      for (let step = 0; step < 20; step++) {
        const middle = (low + high) / 2
        if (workAt(middle) < workMs) low = middle
        else high = middle
      }
      return high
    },
  }
}

const shapes: Readonly<Record<Pattern, Shape>> = {
  steady: stretches({ forMs: 1000, rate: 1 }),
  /** Two seconds of every ten at four times the rate, the others at a quarter. */
  burst: stretches({ forMs: 4000, rate: 0.25 }, { forMs: 2000, rate: 4 }, { forMs: 4000, rate: 0.25 }),
  /** Between a fifth and nine fifths of the rate, once in 30 seconds. */
  wave: sine(30_000, 0.8),
  /** One second of every minute at 15.75 times the rate, the others at three quarters. */
  spike: stretches({ forMs: 20_000, rate: 0.75 }, { forMs: 1000, rate: 15.75 }, { forMs: 39_000, rate: 0.75 }),
}

/** How many rows a simulated stream has made `elapsedMs` after its zero time. The rows of the batch (t − b, t] are
 *  those with index in [rowsBefore(t − b), rowsBefore(t)), however time is cut into batches.
 *  Shape:  whole, never falling; `rowsPerSecond` on average over the pattern's period
 *  Units:  ms, rows per second */
export function rowsBefore(pattern: Pattern, rowsPerSecond: number, elapsedMs: number): number {
  if (elapsedMs <= 0) return 0
  const { periodMs, workAt } = shapes[pattern]
  const phaseMs = elapsedMs % periodMs
  return Math.floor((rowsPerSecond * (elapsedMs - phaseMs + workAt(phaseMs))) / 1000)
}

/** When a row was made: the first whole millisecond after zero time at which `rowsBefore` counts it, hence inside its
 *  batch (t − b, t].
 *  Units: rowsPerSecond > 0; ms since zero time */
export function rowTime(pattern: Pattern, rowsPerSecond: number, index: number): number {
  const { periodMs, phaseOf } = shapes[pattern]
  const workMs = ((index + 1) * 1000) / rowsPerSecond
  const periods = Math.floor(workMs / periodMs)
  let timeMs = Math.ceil(periods * periodMs + phaseOf(workMs - periods * periodMs))
  while (rowsBefore(pattern, rowsPerSecond, timeMs) <= index) timeMs += 1
  while (timeMs > 0 && rowsBefore(pattern, rowsPerSecond, timeMs - 1) > index) timeMs -= 1
  return timeMs
}
