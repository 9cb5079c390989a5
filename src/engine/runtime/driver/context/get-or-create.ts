import { readStoredRun, type StoredRun } from '#engine/checkpoint/entries.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { err, ok, type Result } from '#engine/model/result.ts'

export interface Creation<C> {
  /** Makes a context for what a checkpoint holds: its document and configuration, not today's. */
  recover(stored: StoredRun): C
  create(): C
  /** A checkpoint that cannot be read counts as none. */
  readonly createOnError?: boolean
}

/** The context of a checkpoint, or a new one where there is no checkpoint.
 *  Fails:  run/unreadable-checkpoint, Spark's SparkException
 *  Source: StreamingContext.getOrCreate, CheckpointReader.read */
export function getOrCreate<C>(entries: ReadonlyMap<string, string>, creation: Creation<C>): Result<C, Diagnostic> {
  const stored = readStoredRun(entries)
  if (stored !== undefined) return ok(creation.recover(stored))
  const isPresent = [...entries.keys()].some((key) => key.startsWith('metadata/'))
  if (!isPresent || creation.createOnError === true) return ok(creation.create())
  return err(
    problem('run/unreadable-checkpoint', 'Failed to read checkpoint from directory', {
      hint: 'Start afresh: the checkpoint is damaged.',
    }),
  )
}
