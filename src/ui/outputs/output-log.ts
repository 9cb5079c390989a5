import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { OutputEntry } from '#ui/state/run-store.ts'

/** What the person did to the log: nothing is thrown away by either. */
export interface LogView {
  /** Newest batch at the top, or at the bottom with the view following it. */
  readonly order: 'newestFirst' | 'follow'
  /** While paused: the time of the newest batch that is shown. */
  readonly pausedAtMs: number | undefined
  /** Cleared: batches up to this one are hidden. */
  readonly clearedToMs: number | undefined
}

export const EMPTY_VIEW: LogView = { order: 'newestFirst', pausedAtMs: undefined, clearedToMs: undefined }

export interface VisibleLog {
  /** In the order of the view. */
  readonly entries: readonly OutputEntry[]
  /** Batches that came since the pause. */
  readonly held: number
  /** Batches hidden by clearing that are still kept. */
  readonly hidden: number
}

/** The entries (oldest first) that the view shows. */
export function viewLog(entries: readonly OutputEntry[], view: LogView): VisibleLog {
  const { pausedAtMs, clearedToMs } = view
  const kept = clearedToMs === undefined ? entries : entries.filter((entry) => entry.timeMs > clearedToMs)
  const shown = pausedAtMs === undefined ? kept : kept.filter((entry) => entry.timeMs <= pausedAtMs)
  return {
    entries: view.order === 'follow' ? shown : [...shown].reverse(),
    held: kept.length - shown.length,
    hidden: entries.length - kept.length,
  }
}

/** Times of one run grow; a new run begins earlier than what was paused or cleared, which then means nothing. */
export function isStale(view: LogView, newestMs: number | undefined): boolean {
  if (newestMs === undefined) return view.pausedAtMs !== undefined || view.clearedToMs !== undefined
  return (view.pausedAtMs ?? 0) > newestMs || (view.clearedToMs ?? 0) > newestMs
}

/** Entries without the outputs that failed: as in Spark they print nothing, not even the heading. What a body had logged
 *  before it failed stays. */
export function withoutFailed(entries: readonly OutputEntry[], batches: readonly BatchInfo[]): readonly OutputEntry[] {
  const failed = new Map(
    batches.map((batch) => [
      batch.batchTimeMs,
      new Set(batch.outputs.flatMap((output) => (output.failureReason === undefined ? [] : [output.id]))),
    ]),
  )
  return entries.map((entry) => {
    const ids = failed.get(entry.timeMs)
    if (ids === undefined || ids.size === 0) return entry
    return { ...entry, outputs: entry.outputs.filter((output) => !ids.has(output.id) || output.lines.length > 0) }
  })
}
