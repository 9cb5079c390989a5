import type { Metadata } from '#engine/checkpoint/metadata.ts'
import { restartTime } from '#engine/model/time.ts'

/** What a restart has to do with the batches before it. */
export interface RestartTimes {
  /** Begun before the loss, the checkpoint's own batch among them: they run again. Ascending. */
  readonly again: readonly number[]
  /** Of the down time: never begun. */
  readonly missed: readonly number[]
}

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
  const isLeftOut = (timeMs: number): boolean => gaps.some(([fromMs, toMs]) => fromMs <= timeMs && timeMs <= toMs)
  for (let timeMs = restartTime(checkpointMs, batchMs, zeroMs); timeMs < restartMs; timeMs += batchMs)
    if (!isLeftOut(timeMs)) missed.push(timeMs)
  return { again: [...again].filter((timeMs) => timeMs < restartMs).sort((a, b) => a - b), missed }
}
