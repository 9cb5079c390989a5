import { useEffect } from 'react'
import { useRun, useServices, useSession } from '#ui/services.ts'

/** Keeps time travel true for the whole screen: fetches the shown batch when it is not at hand, and goes back to live when
 *  another run starts, whose batches have nothing to do with the shown one. */
export function useShownBatchData(): void {
  const { client, session } = useServices()
  const shown = useSession((state) => state.shownBatchMs)
  const missing = useRun((run) => shown !== 'live' && !run.data.has(shown))
  const starting = useRun((run) => run.phase === 'starting')
  useEffect(() => {
    if (missing && shown !== 'live') void client.batchData(shown)
  }, [client, missing, shown])
  useEffect(() => {
    if (starting) session.getState().showBatch('live')
  }, [session, starting])
}
