import { useCallback, useEffect, useState } from 'react'
import type { FaultTargets } from '#engine/model/fault.ts'
import { useServices } from '#ui/services.ts'

const EVERY_MS = 1000

/** What can be struck now, asked again every second while somebody looks, and at once by the second value. */
export function useTargets(wanted: boolean): readonly [FaultTargets | undefined, () => void] {
  const { client } = useServices()
  const [targets, setTargets] = useState<FaultTargets>()
  const look = useCallback(() => {
    void client.faults.targets().then(setTargets)
  }, [client])
  useEffect(() => {
    if (!wanted) {
      setTargets(undefined)
      return
    }
    look()
    const timer = setInterval(look, EVERY_MS)
    return () => clearInterval(timer)
  }, [wanted, look])
  return [targets, look]
}
