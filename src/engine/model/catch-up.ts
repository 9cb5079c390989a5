/** A run that makes up for many batches it missed: those of a down time, or of a computer that slept. */
export interface CatchUp {
  readonly why: 'restart' | 'late'
  /** Batches that are done. */
  readonly done: number
  /** All that were missed, and those that came due since. */
  readonly total: number
  /** Time of the batch that is next. */
  readonly nextMs: number
  /** A person has it wait. */
  readonly paused: boolean
  /** Wall ms until it has caught up; undefined while that cannot be told, or when batches take longer than the batch interval. */
  readonly leftMs?: number
}

/** Batches that were left out, and why. */
export interface Skipped {
  readonly why: CatchUp['why']
  readonly fromMs: number
  readonly toMs: number
  readonly count: number
}
