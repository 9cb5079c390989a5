import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CheckpointReport, MetadataContents } from '#engine/model/checkpoint-report.ts'
import { printWallTime } from '#ui/print/batch-time.ts'
import { printDuration } from '#ui/print/duration.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CheckpointPanel.module.css'
import { Facts } from './Facts.tsx'
import { usePrintTime } from './use-print-time.ts'

const absent = ['rdds', 'received', 'accumulators', 'history'] as const

/** What the newest metadata holds, and what no metadata does. */
export function ContentsSection({ report }: { readonly report: CheckpointReport | undefined }): ReactNode {
  const t = useWords()
  return (
    <div className={styles.columns}>
      <section aria-label={t('checkpoint.in')}>
        <h3 className={styles.title}>
          <Check size={14} aria-hidden="true" /> {t('checkpoint.in')}
        </h3>
        {report?.metadata === undefined ? (
          <p className={styles.note}>{t('checkpoint.in.unreadable')}</p>
        ) : (
          <Contents metadata={report.metadata} />
        )}
      </section>
      <section aria-label={t('checkpoint.out')}>
        <h3 className={styles.title}>
          <X size={14} aria-hidden="true" /> {t('checkpoint.out')}
        </h3>
        <ul className={styles.absent}>
          {absent.map((each) => (
            <li key={each}>{t(`checkpoint.out.${each}`)}</li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Contents({ metadata }: { readonly metadata: MetadataContents }): ReactNode {
  const t = useWords()
  const print = usePrintTime()
  const { batchMs, master, conf, nodes, edges, checkpointMs, pendingMs, states, savedAtMs } = metadata
  const times = (timesMs: readonly number[]): string =>
    timesMs.length === 0 ? t('checkpoint.in.none') : timesMs.map(print).join(', ')
  return (
    <Facts
      facts={[
        [
          t('checkpoint.in.settings'),
          t('checkpoint.in.settingsOf', { batch: printDuration(batchMs), master, conf: conf.length }),
        ],
        [t('checkpoint.in.graph'), t('checkpoint.in.graphOf', { nodes: nodes.length, edges })],
        [t('checkpoint.in.time'), print(checkpointMs)],
        [t('checkpoint.in.pending'), times(pendingMs)],
        ...states.map(({ node, timesMs }) => [t('checkpoint.in.states', { node }), times(timesMs)] as const),
        [t('checkpoint.in.saved'), printWallTime(Math.round(savedAtMs), { batchMs: 1000, date: true })],
      ]}
    />
  )
}
