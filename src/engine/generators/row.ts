import type { Pattern } from '#engine/operator/feed.ts'
import { rowTime } from './pattern.ts'
import { type Random, rowRandoms } from './random.ts'

/** What a generator makes a record from. */
export interface Row {
  /** 0, 1, 2 … since zero time. */
  readonly index: number
  /** When the row arrives, ms since 1970 (or of virtual time): inside its batch. */
  readonly timeMs: number
  /** When what the row tells of happened: `timeMs`, or earlier by jitter and lateness. */
  readonly atMs: number
  readonly random: Random
}

/** Everything rows depend on. */
export interface RowSettings {
  readonly seed: number
  /** Keeps the streams of one document apart: the node's id. */
  readonly streamName: string
  /** Zero time: the end of batch 0. */
  readonly zeroMs: number
  readonly pattern: Pattern
  readonly rowsPerSecond: number
  /** Every row tells of something up to this much earlier. */
  readonly jitterMs: number
  /** This part of the rows, 0 … 1, tells of something 5 to 30 seconds earlier still. */
  readonly lateFraction: number
}

const LEAST_LATE_MS = 5_000
const MOST_LATE_MS = 30_000

/** Makes any row of a stream from its index alone. Jitter and lateness draw from a sequence of their own: turning them
 *  on changes event times and nothing else. */
export function rowMaker(settings: RowSettings): (index: number) => Row {
  const { pattern, rowsPerSecond, jitterMs, lateFraction, zeroMs } = settings
  const randoms = rowRandoms(settings.seed, settings.streamName)
  const delays = rowRandoms(settings.seed, `${settings.streamName}/delay`)
  const isOnTime = jitterMs <= 0 && lateFraction <= 0
  return (index) => {
    const timeMs = zeroMs + rowTime(pattern, rowsPerSecond, index)
    const delayMs = isOnTime ? 0 : delayOf(delays(index), jitterMs, lateFraction)
    return { index, timeMs, atMs: timeMs - delayMs, random: randoms(index) }
  }
}

function delayOf(random: Random, jitterMs: number, lateFraction: number): number {
  const jitter = Math.floor(random() * jitterMs)
  if (random() >= lateFraction) return jitter
  return jitter + LEAST_LATE_MS + Math.floor(random() * (MOST_LATE_MS - LEAST_LATE_MS))
}
