import type { SaveAction } from '#engine/operator/stream-spec.ts'

/** One partition of a batch as a file. */
export interface SavedPart {
  readonly text: string
  readonly records: number
}

/** Where the directories of a pipeline's output operations lie. */
export interface OutputFiles {
  /** Puts a directory with a file per part (`part-00000`, …) and then `_SUCCESS` in the place of whatever has its name: saving the same
   *  batch again leaves what one save leaves. A directory without `_SUCCESS` is not whole.
   *  Fails: rejects with the reason as a sentence for the user; the directory may be missing or not whole */
  save(directory: string, parts: readonly SavedPart[]): Promise<void>
}

/** Of a directory that is whole; empty. */
export const SUCCESS_FILE = '_SUCCESS'

/** `part-00000`, … */
export function partName(part: number): string {
  return `part-${String(part).padStart(5, '0')}`
}

/** The directory of one batch: `prefix-<ms>.suffix`, without what is empty.
 *  Source: StreamingContext.rddToFileName */
export function directoryOf({ prefix, suffix }: Pick<SaveAction, 'prefix' | 'suffix'>, timeMs: number): string {
  return `${prefix === '' ? '' : `${prefix}-`}${timeMs}${suffix === '' ? '' : `.${suffix}`}`
}
