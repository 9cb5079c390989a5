import type { Metadata } from '#engine/checkpoint/metadata.ts'
import { restartTime } from '#engine/model/time.ts'

/** What a restart has to do with the batches before it. */
export interface RestartTimes {
  /** Begun before the loss, the checkpoint's own batch among them: they run again. Ascending. */
  readonly again: readonly number[]
  /** Of the down time: never begun. */
  readonly missed: readonly number[]
  /** There are more of them than anybody could wait for: none is listed. */
  readonly beyond: { readonly fromMs: number; readonly toMs: number; readonly count: number } | undefined
}

/** Missed batches that can be run: twelve days of a second each. */
const MOST_MISSED = 1_000_000

type Stored = Pick<Metadata, 'pending' | 'checkpointMs' | 'zeroMs' | 'gaps' | 'settledMs'>

/** The batches before `restartMs` that a checkpoint leaves to be run.
 *  Source: JobGenerator.restart; dstream-semantics §11.8 */
export function restartTimes(
  { pending, checkpointMs, zeroMs, gaps = [], settledMs }: Stored,
  restartMs: number,
  batchMs: number,
): RestartTimes {
  // The batch of the checkpoint runs again; zero time itself is no batch.
  const isLeft = checkpointMs > zeroMs && checkpointMs !== settledMs
  const again = new Set(isLeft ? [...pending, checkpointMs] : pending)
  const missed: number[] = []
  const firstMs = restartTime(checkpointMs, batchMs, zeroMs)
  const count = Math.max(0, Math.ceil((restartMs - firstMs) / batchMs))
  const beyond = count > MOST_MISSED ? { fromMs: firstMs, toMs: firstMs + (count - 1) * batchMs, count } : undefined
  const later = gaps.filter(([, toMs]) => toMs >= firstMs)
  const isLeftOut = (timeMs: number): boolean => later.some(([fromMs, toMs]) => fromMs <= timeMs && timeMs <= toMs)
  for (let timeMs = firstMs; beyond === undefined && timeMs < restartMs; timeMs += batchMs)
    if (!isLeftOut(timeMs)) missed.push(timeMs)
  return { again: [...again].filter((timeMs) => timeMs < restartMs).sort((a, b) => a - b), missed, beyond }
}

export function printBeyond({ count }: NonNullable<RestartTimes['beyond']>): string {
  return `${count} batches were missed, more than can be run one after another: they are left out.`
}
