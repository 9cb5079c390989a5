import type { BatchInfo, BatchMemory } from '#engine/model/batch-info.ts'

/** From here on a person is warned: a window or a state that grows may need the rest soon. */
const HIGH_PERCENT = 80

/** Of the executor that keeps most, 0 to 100. */
export function percentFull({ mostBytes, budgetBytes }: BatchMemory): number {
  return budgetBytes <= 0 ? 0 : Math.min(100, Math.round((mostBytes / budgetBytes) * 100))
}

export function isNearlyFull(memory: BatchMemory): boolean {
  return percentFull(memory) >= HIGH_PERCENT
}

/** What is known of the shown batch, or of the newest that tells. */
export function memoryOf(batches: readonly BatchInfo[], shown: number | 'live'): BatchMemory | undefined {
  if (shown === 'live') return batches.filter(({ memory }) => memory !== undefined).at(-1)?.memory
  return batches.find(({ batchTimeMs }) => batchTimeMs === shown)?.memory
}
