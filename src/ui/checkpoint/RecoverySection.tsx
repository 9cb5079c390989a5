import type { ReactNode } from 'react'
import type { RecoveryReport } from '#engine/model/run-state.ts'
import { printBytes } from '#ui/print/bytes.ts'
import { printDuration } from '#ui/print/duration.ts'
import { useRun } from '#ui/services.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './CheckpointPanel.module.css'
import { Facts } from './Facts.tsx'
import { ForgetButton } from './ForgetButton.tsx'
import { LostRecords } from './LostRecords.tsx'
import { usePrintTime } from './use-print-time.ts'

/** What was saved last, what was recovered, and how to begin anew. */
export function RecoverySection(): ReactNode {
  const t = useWords()
  const checkpoint = useRun((run) => run.checkpoint)
  const recovery = useRun((run) => run.recovery)
  const print = usePrintTime()
  return (
    <div className={styles.columns}>
      <section aria-label={t('checkpoint.last')}>
        <h3 className={styles.title}>{t('checkpoint.last')}</h3>
        {checkpoint === undefined ? (
          <p className={styles.note}>{t('checkpoint.notYet')}</p>
        ) : (
          <Facts
            facts={[
              [t('checkpoint.batch'), print(checkpoint.timeMs)],
              [t('checkpoint.size'), printBytes(checkpoint.bytes, formatNumber)],
              [t('checkpoint.duration'), printDuration(checkpoint.durationMs)],
            ]}
          />
        )}
        <ForgetButton />
      </section>
      <section aria-label={t('checkpoint.recovered')}>
        <h3 className={styles.title}>{t('checkpoint.recovered')}</h3>
        {recovery === undefined ? (
          <p className={styles.note}>{t('checkpoint.notRecovered')}</p>
        ) : (
          <Recovery report={recovery} print={print} />
        )}
        <LostRecords print={print} />
      </section>
    </div>
  )
}

function Recovery(props: { readonly report: RecoveryReport; print(timeMs: number): string }): ReactNode {
  const t = useWords()
  const { report, print } = props
  const words = { count: report.rerunCount, times: report.rerunMs.map(print).join(', ') }
  const rerun =
    report.rerunCount === 0
      ? '0'
      : t(report.rerunCount > report.rerunMs.length ? 'checkpoint.rerunMore' : 'checkpoint.rerunList', words)
  return (
    <Facts
      facts={[
        [t('checkpoint.metadata'), print(report.checkpointMs)],
        [t('checkpoint.state'), report.stateMs === undefined ? t('checkpoint.noState') : print(report.stateMs)],
        ...Object.entries(report.keys).map(
          ([node, keys]) => [t('checkpoint.keys', { node }), formatNumber(keys)] as const,
        ),
        [t('checkpoint.rerun'), rerun],
        [t('checkpoint.blocks'), formatNumber(report.blocks)],
      ]}
    />
  )
}
