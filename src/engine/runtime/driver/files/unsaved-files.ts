import type { Plan } from '#engine/compile/plan.ts'
import type { FileReport, Reply } from '#engine/runtime/wire.ts'
import { directoryOf, type SavedPart } from './output-files.ts'

/** A directory that an output operation of a batch is to leave. */
export interface UnsavedFiles {
  readonly output: number
  readonly directory: string
  /** By partition; undefined when the executors did not send each partition once. */
  readonly parts: readonly SavedPart[] | undefined
}

/** What the outputs that `succeeded` want saved, in order of registration. */
export function unsavedFiles(
  plan: Plan,
  timeMs: number,
  replies: readonly Reply[],
  succeeded: (output: number) => boolean,
): readonly UnsavedFiles[] {
  return plan.outputs.flatMap(({ action }, output) => {
    if (action.kind !== 'save' || !succeeded(output)) return []
    const reports = replies.flatMap((reply) => reply.jobs.filter((job) => job.output === output))
    return [
      { output, directory: directoryOf(action, timeMs), parts: inOrder(reports.flatMap((job) => job.files ?? [])) },
    ]
  })
}

/** Executors run strangers' code: what they send may have gaps. */
function inOrder(files: readonly FileReport[]): readonly SavedPart[] | undefined {
  const sorted = [...files].sort((a, b) => a.partition - b.partition)
  return sorted.every(({ partition }, index) => partition === index) ? sorted : undefined
}
