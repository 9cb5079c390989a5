/** What a user's `console` call becomes: it travels to the driver on the executor's own port, between the answers to batches. */
export interface ExecutorLog {
  readonly kind: 'log'
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  /** At most 2,000 characters; show as text only. */
  readonly text: string
  /** Calls that were not sent since the one before, because the budget was spent. */
  readonly dropped: number
}
