import type { Plan } from '#engine/compile/plan.ts'
import type { BatchOutcome } from '#engine/runtime/driver/scheduling/merge-replies.ts'
import { noteFailed } from '#engine/runtime/driver/scheduling/note-outcome.ts'
import type { OutputFiles } from './output-files.ts'
import type { UnsavedFiles } from './unsaved-files.ts'

/** Saves what a job leaves, and says where. An output whose files could not be saved has failed; a batch that runs again saves again.
 *  `owners`: which output of the batch saves where.
 *  Source: PairRDDFunctions.saveAsHadoopDataset without output-exists checks (SPARK-4835) */
export async function saveOutputs(
  outcome: BatchOutcome,
  plan: Plan,
  store: OutputFiles,
  owners: Map<string, string>,
): Promise<BatchOutcome> {
  let current = outcome
  for (const files of outcome.files) {
    const owner = owners.get(files.directory)
    const reason =
      owner === undefined
        ? await attempt(files, store)
        : `"${owner}" saves there too. Give the outputs different prefixes.`
    owners.set(files.directory, owner ?? nodeOf(plan, files.output))
    current =
      reason === undefined
        ? noteSaved(current, files)
        : noteFailed(current, plan, files.output, `The directory "${files.directory}" could not be saved: ${reason}`)
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
