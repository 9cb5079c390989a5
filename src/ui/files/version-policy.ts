/** A version that was the newest for less than this is replaced by the next one instead of kept. */
export const VERSION_AFTER_MS = 20_000

export interface VersionState {
  /** The text of the newest version kept; undefined when there is none yet. */
  readonly text: string | undefined
  /** Wall ms when it was kept. */
  readonly atMs: number
}

/** Whether a save at `nowMs` also keeps what was there before it as a version of its own. */
export function keepsVersion(newest: VersionState, text: string, nowMs: number): boolean {
  if (newest.text === text) return false
  return newest.text === undefined || nowMs - newest.atMs >= VERSION_AFTER_MS
}
