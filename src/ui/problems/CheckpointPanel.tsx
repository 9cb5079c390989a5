import { type ReactNode, useState } from 'react'
import type { RecoveryReport } from '#engine/model/run-state.ts'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { printBytes } from '#ui/print/bytes.ts'
import { printDuration } from '#ui/print/duration.ts'
import { useDocument, useRun, useServices } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { Button } from '#ui/theme/Button.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './CheckpointPanel.module.css'
import { LostRecords } from './LostRecords.tsx'

/** What was saved last, what was recovered, and how to begin anew. */
export function CheckpointPanel(): ReactNode {
  const t = useWords()
  const on = useDocument((document) => document.pipeline.settings.checkpoint)
  const checkpoint = useRun((run) => run.checkpoint)
  const recovery = useRun((run) => run.recovery)
  const print = usePrintTime()
  if (!on && checkpoint === undefined && recovery === undefined) {
    return <EmptyState title={t('checkpoint.off')} text={t('checkpoint.offText')} />
  }
  return (
    <div className={styles.panel}>
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

function usePrintTime(): (timeMs: number) => string {
  const clock = useRun((run) => run.clock)
  const batchMs = useRun((run) => run.pipeline?.settings.batchMs) ?? 1000
  return (timeMs) => (clock === undefined ? `${timeMs} ms` : printBatchTime(timeMs, clock, batchMs))
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

function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }): ReactNode {
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Asks once more, since what is forgotten cannot be brought back. */
function ForgetButton(): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const id = useDocument((document) => document.id)
  const busy = useRun((run) => isBusy(run.phase))
  const [step, setStep] = useState<'idle' | 'asking' | 'done'>('idle')
  const forget = async () => {
    await client.deleteCheckpoint(id)
    setStep('done')
  }
  if (step === 'done') {
    return (
      <p className={styles.note} role="status">
        {t('checkpoint.forgotten')}
      </p>
    )
  }
  if (step === 'asking') {
    return (
      <div className={styles.ask}>
        <p>{t('checkpoint.forgetAsk')}</p>
        <Button look="danger" onClick={() => void forget()}>
          {t('checkpoint.forgetYes')}
        </Button>
        <Button look="outline" autoFocus onClick={() => setStep('idle')}>
          {t('checkpoint.forgetNo')}
        </Button>
      </div>
    )
  }
  return (
    <Button
      look="outline"
      disabledBecause={busy ? t('checkpoint.forgetBusy') : undefined}
      onClick={() => setStep('asking')}
    >
      {t('checkpoint.forget')}
    </Button>
  )
}
