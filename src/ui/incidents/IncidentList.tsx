import { Zap } from 'lucide-react'
import type { ReactNode } from 'react'
import { useRun, useServices } from '#ui/services.ts'
import styles from './IncidentList.module.css'
import { useIncidentWords } from './use-incident-words.ts'

/** What went wrong in the run, newest first, in words. */
export function IncidentList(): ReactNode {
  const { session } = useServices()
  const incidents = useRun((run) => run.incidents)
  const batches = useRun((run) => run.batches)
  const words = useIncidentWords(incidents.length > 0)
  if (words === undefined) return null
  return (
    <ol className={styles.list}>
      {[...incidents].reverse().map((incident) => {
        const isShown = batches.some(({ batchTimeMs }) => batchTimeMs === incident.timeMs)
        const show = () => session.getState().showBatch(incident.timeMs ?? 'live')
        return (
          <li key={incident.id} className={styles.incident}>
            <span className={styles.title}>
              <Zap size={12} aria-hidden="true" />
              {isShown ? (
                <button type="button" className={styles.link} onClick={show}>
                  {words.title(incident)}
                </button>
              ) : (
                words.title(incident)
              )}
            </span>
            <span className={styles.text}>{words.sentences(incident).join(' ')}</span>
          </li>
        )
      })}
    </ol>
  )
}
