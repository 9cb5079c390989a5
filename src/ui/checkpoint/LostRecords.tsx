import type { ReactNode } from 'react'
import { useRun } from '#ui/services.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './CheckpointPanel.module.css'
import { Facts } from './Facts.tsx'

/** Received records that a recovery could not bring back, by batch. */
export function LostRecords({ print }: { readonly print: (timeMs: number) => string }): ReactNode {
  const t = useWords()
  const lost = useRun((run) => run.lost)
  if (lost.length === 0) return undefined
  const records = lost.reduce((sum, each) => sum + each.records, 0)
  return (
    <section aria-label={t('checkpoint.lost')}>
      <p className={styles.note}>{t('checkpoint.lostText', { count: records })}</p>
      <Facts
        facts={lost.map(
          ({ timeMs, node, records: count }) =>
            [t('checkpoint.lostBatch', { time: print(timeMs), node }), formatNumber(count)] as const,
        )}
      />
    </section>
  )
}
