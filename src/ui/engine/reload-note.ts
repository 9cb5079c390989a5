/** What must be known after the page was loaded anew on demand. */
export interface ReloadNote {
  readonly pipelineId: string
  /** Newest completed batch that was shown. */
  readonly seenMs: number | undefined
}

const KEY = 'sluice-reloaded'

/** The note lives as long as the tab does. */
export function rememberReload(note: ReloadNote): void {
  window.sessionStorage.setItem(KEY, JSON.stringify(note))
}

export function recallReload(): ReloadNote | undefined {
  const text = globalThis.sessionStorage?.getItem(KEY)
  return text === null || text === undefined ? undefined : parseNote(text)
}

export function forgetReload(): void {
  globalThis.sessionStorage?.removeItem(KEY)
}

function parseNote(text: string): ReloadNote | undefined {
  try {
    const note: unknown = JSON.parse(text)
    if (typeof note !== 'object' || note === null || !('pipelineId' in note)) return undefined
    const { pipelineId } = note
    const seenMs = 'seenMs' in note && typeof note.seenMs === 'number' ? note.seenMs : undefined
    return typeof pipelineId === 'string' ? { pipelineId, seenMs } : undefined
  } catch {
    return undefined
  }
}
