import { useMemo } from 'react'
import type { Incident } from '#engine/model/incident.ts'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { useRun } from '#ui/services.ts'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'

/** The sentences are needed when something has gone wrong, and come then. */
const lateWords = new LatePart(async () => {
  const [words, { loadLateWords }] = await Promise.all([
    import('./describe-incident.ts'),
    import('#ui/words/late-words.ts'),
  ])
  loadLateWords()
  return words
})

export interface IncidentWords {
  title(incident: Incident): string
  sentences(incident: Incident): readonly string[]
}

/** Puts incidents into words; undefined until the words have come. */
export function useIncidentWords(wanted: boolean): IncidentWords | undefined {
  const words = useLatePart(lateWords, wanted)
  const clock = useRun((run) => run.clock)
  const batchMs = useRun((run) => run.pipeline?.settings.batchMs) ?? 1000
  const lost = useRun((run) => run.lost)
  return useMemo(() => {
    if (words === undefined || clock === undefined) return undefined
    const print = (timeMs: number): string => printBatchTime(timeMs, clock, batchMs)
    return {
      title: words.incidentTitle,
      sentences: (incident) => words.describeIncident(incident, { print, batchMs, lost }),
    }
  }, [words, clock, batchMs, lost])
}
