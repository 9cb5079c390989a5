import type { CatchUp } from '#engine/model/catch-up.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'

const EVERY_MS = 5_000

/** Tells every few seconds how far a run is that makes up for batches it missed. */
export class CatchUpReport {
  private readonly timers: Pick<Timers, 'now'>
  private readonly progress: () => CatchUp | undefined
  private readonly tell: (text: string) => void
  private toldAtMs: number

  constructor(timers: Pick<Timers, 'now'>, progress: () => CatchUp | undefined, tell: (text: string) => void) {
    this.timers = timers
    this.progress = progress
    this.tell = tell
    this.toldAtMs = timers.now()
  }

  /** A batch is done. */
  completed(): void {
    const nowMs = this.timers.now()
    if (nowMs - this.toldAtMs < EVERY_MS) return
    this.toldAtMs = nowMs
    const progress = this.progress()
    if (progress !== undefined) this.tell(printCatchUp(progress))
  }
}

export function printCatchUp({ why, done, total, leftMs }: CatchUp): string {
  const missed = why === 'restart' ? 'missed since the checkpoint' : 'missed while nobody was awake'
  const left = leftMs === undefined ? '' : `, about ${printLeft(leftMs)} left`
  return `Running batch ${done + 1} of ${total} ${missed}${left}. (--resume-from-now leaves them out.)`
}

function printLeft(ms: number): string {
  if (ms < 90_000) return `${Math.max(1, Math.round(ms / 1000))} s`
  return ms < 5_400_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`
}
