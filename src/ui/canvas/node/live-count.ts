import type { BatchData, BatchFailure, NodeBatch } from '#engine/model/batch-data.ts'
import type { RunFigures } from '#ui/state/run-store.ts'
import type { SessionState } from '#ui/state/session-store.ts'

/** Drawn where a batch is shown and the node has no RDD in it; `0` is an empty RDD. */
export const NO_RDD = '–'

type Shown = SessionState['shownBatchMs']

/** The batch that the screen shows; undefined before the first one, and while a past one is still being fetched. */
export function findShownBatch(figures: RunFigures, shown: Shown): BatchData | undefined {
  return shown === 'live' ? figures.newest : figures.data.get(shown)
}

/** What a node's stream held in the shown batch: `undefined` no batch is shown, `null` the node has no RDD in it. */
export function findShownNode(figures: RunFigures, shown: Shown, node: string): NodeBatch | null | undefined {
  const batch = findShownBatch(figures, shown)
  if (batch === undefined) return undefined
  return Object.hasOwn(batch.nodes, node) ? (batch.nodes[node] ?? null) : null
}

/** `findShownNode`'s count alone, so that a component renders only when its own figure changes; for a counter what it has come to. */
export function findShownCount(figures: RunFigures, shown: Shown, node: string): number | null | undefined {
  const batch = findShownNode(figures, shown, node)
  if (batch !== null) return batch?.records
  const output = findShownBatch(figures, shown)?.outputs.find((each) => each.node === node)
  return output?.figures?.total ?? null
}

/** The failure of this node in the shown batch. A failed batch may have no data, so the log is asked as well. */
export function findShownFailure(figures: RunFigures, shown: Shown, node: string): BatchFailure | undefined {
  const batch = findShownBatch(figures, shown)
  const timeMs = shown === 'live' ? batch?.timeMs : shown
  const inBatch = batch?.failures.find((failure) => failure.node === node)
  return inBatch ?? figures.failures.find((failure) => failure.node === node && failure.timeMs === timeMs)
}

/** A count in at most five characters: `96`, `9,999`, `12.3k`, `4.56M`. */
export function printCount(
  records: number,
  format: (value: number, options?: Intl.NumberFormatOptions) => string,
): string {
  if (records < 10_000) return format(records)
  return format(records, { notation: 'compact', maximumSignificantDigits: 3 })
}
