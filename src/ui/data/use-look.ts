import { useEffect, useState } from 'react'
import type { NodeBatch } from '#engine/model/batch-data.ts'
import { useServices } from '#ui/services.ts'
import type { RecordRow } from '#ui/table/RecordTable.tsx'
import { readLookRow } from './list-records.ts'

/** First records of a node that are taken down when somebody looks closely; as many of the others are picked. */
const LOOK = 1000

export interface Look {
  readonly rows: readonly RecordRow[]
  /** How many of them are the first of the batch. */
  readonly first: number
}

/** What is known of a batch beyond its first few records. While the batches go on, that of the one before stays until the next has come. */
export function useLook(node: string, timeMs: number, held: Pick<NodeBatch, 'rows'>, live: boolean): Look | undefined {
  const { client } = useServices()
  const [look, setLook] = useState<(Look & { readonly timeMs: number }) | undefined>(undefined)
  const wanted = held.rows !== undefined
  useEffect(() => {
    if (!wanted) return
    let current = true
    const fetch = async (): Promise<void> => {
      const rows: RecordRow[] = []
      let first = 0
      for await (const page of client.looks.rows(node, timeMs)) {
        if (!current) return
        rows.push(...page.rows.map(readLookRow))
        first = page.first
      }
      if (current && rows.length > 0) setLook({ timeMs, rows, first })
    }
    void fetch()
    return () => {
      current = false
    }
  }, [client, node, timeMs, wanted])
  return wanted && (live || look?.timeMs === timeMs) ? look : undefined
}

/** Has the node looked at until another one is shown. */
export function useWatch(node: string): { readonly isOn: boolean; start(): void } {
  const { client } = useServices()
  const [isOn, setIsOn] = useState(false)
  useEffect(() => {
    if (!isOn) return
    void client.looks.watch(node, LOOK)
    return () => void client.looks.rest()
  }, [client, node, isOn])
  return { isOn, start: () => setIsOn(true) }
}
