import { useEffect, useState } from 'react'
import type { CheckpointReport } from '#engine/model/checkpoint-report.ts'
import { useDocument, useRun, useServices } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'

const EVERY_MS = 1000
/** A tab that follows another one's run reads all that is stored each time. */
const EVERY_MS_AFAR = 5000

/** What the checkpoint directory of the document holds, asked again every second while it runs and somebody looks. */
export function useReport(): CheckpointReport | undefined {
  const { client } = useServices()
  const id = useDocument((document) => document.id)
  const busy = useRun((run) => isBusy(run.phase))
  const followed = useDocument((document) => document.locked !== undefined)
  const [report, setReport] = useState<CheckpointReport>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document has another directory
  useEffect(() => {
    let isOver = false
    const look = async () => {
      const asked = await client.faults.report()
      if (!isOver) setReport(asked)
    }
    void look()
    const timer = busy ? setInterval(() => void look(), followed ? EVERY_MS_AFAR : EVERY_MS) : undefined
    return () => {
      isOver = true
      clearInterval(timer)
    }
  }, [client, id, busy, followed])
  return report
}
