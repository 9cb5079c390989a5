/** One directory that an output operation saved. */
export interface SavedDirectory {
  /** Its path below the pipeline's files; names are parted by slashes. */
  readonly name: string
  /** Wall ms. */
  readonly savedAtMs: number
  /** By partition. */
  readonly parts: readonly SavedFile[]
  /** It has its _SUCCESS; otherwise the save broke off, and the batch runs again when the pipeline goes on. */
  readonly whole: boolean
}

export interface SavedFile {
  readonly name: string
  readonly bytes: number
  /** Unknown where the save broke off. */
  readonly records: number | undefined
}

/** What one pipeline has saved in this browser. */
export interface SavedFiles {
  /** Saved last first; as many as were asked for. */
  readonly directories: readonly SavedDirectory[]
  /** Of all directories, also those that are not listed. */
  readonly totals: { readonly directories: number; readonly bytes: number; readonly records: number }
  /** Where they are: they outlive the page in `browser` only. */
  readonly kept: 'browser' | 'page'
}
