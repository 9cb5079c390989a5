import { useCallback } from 'react'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { useRun } from '#ui/services.ts'

/** The short name of a batch of the run that is on or was on last. */
export function usePrintTime(): (timeMs: number) => string {
  const kind = useRun((run) => run.clock?.kind)
  const zeroMs = useRun((run) => run.clock?.zeroMs) ?? 0
  const batchMs = useRun((run) => run.pipeline?.settings.batchMs) ?? 1000
  return useCallback(
    (timeMs) => (kind === undefined ? `${timeMs} ms` : printBatchTime(timeMs, { kind, zeroMs }, batchMs)),
    [kind, zeroMs, batchMs],
  )
}
