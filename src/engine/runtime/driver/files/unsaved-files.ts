import type { SaveAction } from '#engine/operator/stream-spec.ts'
import type { FileReport, JobReport } from '#engine/runtime/wire.ts'
import { directoryOf, type SavedPart } from './output-files.ts'

/** A directory that an output operation of a batch is to leave. */
export interface UnsavedFiles {
  readonly output: number
  readonly directory: string
  /** By partition; undefined when the executors did not send each partition once. */
  readonly parts: readonly SavedPart[] | undefined
}

/** What an output operation that succeeded wants saved. */
export function unsavedFiles(
  action: SaveAction,
  timeMs: number,
  output: number,
  reports: readonly JobReport[],
): UnsavedFiles {
  return { output, directory: directoryOf(action, timeMs), parts: inOrder(reports.flatMap((job) => job.files ?? [])) }
}

/** Executors run strangers' code: what they send may have gaps. */
function inOrder(files: readonly FileReport[]): readonly SavedPart[] | undefined {
  const sorted = [...files].sort((a, b) => a.partition - b.partition)
  return sorted.every(({ partition }, index) => partition === index) ? sorted : undefined
}
