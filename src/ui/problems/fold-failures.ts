import type { BatchFailure } from '#engine/model/batch-data.ts'

/** One failure of user code, with all its repeats in later batches. */
export interface FoldedFailure {
  readonly key: string
  /** The newest of them. */
  readonly failure: BatchFailure
  readonly count: number
  readonly firstMs: number
}

/** Failures (oldest first) with repeats folded; the one that happened last comes first. */
export function foldFailures(failures: readonly BatchFailure[]): readonly FoldedFailure[] {
  const folded = new Map<string, FoldedFailure>()
  for (const failure of failures) {
    const key = JSON.stringify([failure.node, failure.param, failure.message, failure.line, failure.column])
    const before = folded.get(key)
    folded.delete(key) // moves it to the end of the map's order
    folded.set(key, { key, failure, count: (before?.count ?? 0) + 1, firstMs: before?.firstMs ?? failure.timeMs })
  }
  return [...folded.values()].reverse()
}
