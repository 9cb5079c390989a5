import { useEffect, useState } from 'react'
import type { BatchData } from '#engine/model/batch-data.ts'
import { useRun, useServices, useSession } from '#ui/services.ts'

export type ShownBatch =
  | { readonly kind: 'none' }
  | { readonly kind: 'here'; readonly data: BatchData; readonly live: boolean }
  | { readonly kind: 'loading'; readonly timeMs: number }
  | { readonly kind: 'gone'; readonly timeMs: number }

/** The data of the batch that the screen shows: the newest one, or a past one that is fetched when it is not at hand. */
export function useShownBatch(): ShownBatch {
  const { client } = useServices()
  const shown = useSession((state) => state.shownBatchMs)
  const data = useRun((run) => (shown === 'live' ? run.newest : run.data.get(shown)))
  const [goneMs, setGoneMs] = useState<number | undefined>(undefined)
  const missing = shown !== 'live' && data === undefined
  useEffect(() => {
    if (!missing) return
    let current = true
    client.batchData(shown).then((found) => {
      if (current && found === undefined) setGoneMs(shown)
    })
    return () => {
      current = false
    }
  }, [client, missing, shown])
  if (data !== undefined) return { kind: 'here', data, live: shown === 'live' }
  if (shown === 'live') return { kind: 'none' }
  return goneMs === shown ? { kind: 'gone', timeMs: shown } : { kind: 'loading', timeMs: shown }
}
