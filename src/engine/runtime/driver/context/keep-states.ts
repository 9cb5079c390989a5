import { type CarriedRun, carryOver } from '#engine/checkpoint/carry-over.ts'
import type { StoredRun } from '#engine/checkpoint/entries.ts'
import type { Program } from '#engine/compile/state-fates.ts'
import type { StreamingContext } from './streaming-context.ts'

export interface KeepStatesOptions {
  readonly stored: StoredRun
  /** What made the checkpoint. */
  readonly saved: Program
  /** What goes on with its states. */
  readonly edited: Program
  /** A context of the saved document, with executors; undefined when it cannot have any. */
  open(saved: Program): Promise<StreamingContext | undefined>
  /** What the checkpoint directory holds after that context, if there was one, has stopped. */
  read(context: StreamingContext | undefined): Promise<StoredRun | undefined>
}

/** Hands the states of a checkpoint to an edited document, a step further than Spark: the saved document first runs what it had begun, so that
 *  states are as of its last batch. Where it cannot, they are as of the newest that was stored. */
export async function keepStates({ stored, saved, edited, open, read }: KeepStatesOptions): Promise<CarriedRun> {
  const context = stored.metadata.checkpointMs === stored.metadata.settledMs ? undefined : await open(saved)
  await context?.settle(stored)
  return carryOver((await read(context)) ?? stored, saved, edited)
}
