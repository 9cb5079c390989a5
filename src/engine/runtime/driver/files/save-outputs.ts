import type { Plan } from '#engine/compile/plan.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { BatchOutcome } from '#engine/runtime/driver/scheduling/merge-replies.ts'
import { lengthen, noteFailed } from '#engine/runtime/driver/scheduling/note-outcome.ts'
import type { OutputFiles } from './output-files.ts'
import type { UnsavedFiles } from './unsaved-files.ts'

/** Saves what the outputs of a batch leave, one after the other, and says where. An output whose files could not be saved has failed,
 *  the others have not; a batch that runs again saves again.
 *  Source: PairRDDFunctions.saveAsHadoopDataset without output-exists checks (SPARK-4835) */
export async function saveOutputs(
  outcome: BatchOutcome,
  plan: Plan,
  store: OutputFiles,
  timers: Timers,
): Promise<BatchOutcome> {
  let current = outcome
  const owners = new Map<string, string>()
  for (const files of outcome.files) {
    const beganMs = timers.now()
    const owner = owners.get(files.directory)
    const reason =
      owner === undefined
        ? await attempt(files, store)
        : `"${owner}" saves there too. Give the outputs different prefixes.`
    owners.set(files.directory, owner ?? nodeOf(plan, files.output))
    const saved =
      reason === undefined
        ? noteSaved(current, files)
        : noteFailed(current, plan, files.output, `The directory "${files.directory}" could not be saved: ${reason}`)
    current = lengthen(saved, files.output, timers.now() - beganMs)
  }
  return current
}

/** Why the files are not saved; undefined when they are. */
async function attempt({ directory, parts }: UnsavedFiles, store: OutputFiles): Promise<string | undefined> {
  if (parts === undefined) return 'an executor did not send every partition once.'
  try {
    await store.save(directory, parts)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function noteSaved(outcome: BatchOutcome, { output, directory, parts = [] }: UnsavedFiles): BatchOutcome {
  const saved = { directory, parts: parts.length }
  const outputs = outcome.data.outputs.map((each) => (each.id === output ? { ...each, saved } : each))
  return { ...outcome, data: { ...outcome.data, outputs } }
}

function nodeOf(plan: Plan, output: number): string {
  return plan.outputs[output]?.node ?? ''
}
