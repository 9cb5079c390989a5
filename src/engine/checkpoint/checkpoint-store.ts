/** Entries to write and to remove in one step: either all of it is stored or nothing. */
export interface CheckpointStep {
  readonly put: ReadonlyMap<string, string>
  readonly remove: readonly string[]
  /** A power failure may take it, until the next step that is not lax is stored: nothing that counts is lost with it. */
  readonly isLax?: boolean
}

/** A checkpoint directory: named texts that survive the driver. What they hold is decided in this folder; where they lie is
 *  the platform's business (IndexedDB, a file, memory).
 *  Source: the checkpoint directory of StreamingContext.checkpoint */
export interface CheckpointStore {
  /** Every entry; empty when there is no checkpoint. An entry that was not stored whole is left out. */
  read(): Promise<ReadonlyMap<string, string>>
  /** Steps are stored in the order of the calls.
   *  Fails: rejects when the step could not be stored; the entries are then as before */
  write(step: CheckpointStep): Promise<void>
  /** Removes the whole directory. */
  clear(): Promise<void>
}
