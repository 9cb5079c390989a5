/** The wall clock and its alarm, given by the platform: the engine has no time of its own. */
export interface Timers {
  /** ms since 1970. */
  now(): number
  /** Calls `fn` once, at least `delayMs` from now and never before the caller is done. Gives what cancels it. */
  after(delayMs: number, fn: () => void): () => void
}
