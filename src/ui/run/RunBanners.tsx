import { type ReactNode, useState } from 'react'
import type { RecoveryReport } from '#engine/model/run-state.ts'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { useDocument, useRun, useServices } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { Banner } from '#ui/theme/Banner.tsx'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import { useOlderVersion } from './RunButtons.tsx'

/** What a person must know of the run: recovery, losses, an older version, a refusal. */
export function RunBanners(): ReactNode {
  return (
    <>
      <TroubleBanner />
      <RecoveryBanner />
      <DriverBanner />
      <ReceiverBanner />
      <OlderVersionBanner />
    </>
  )
}

function TroubleBanner(): ReactNode {
  const t = useWords()
  const pool = useRun((run) => run.pool)
  const phase = useRun((run) => run.phase)
  const startDiagnostic = useRun((run) => run.startDiagnostics[0])
  const stopReason = useRun((run) => run.stopReason)
  const [dismissed, setDismissed] = useState<unknown>()
  if (pool.kind === 'refused') return <Banner kind="danger">{t('run.refused')}</Banner>
  if (pool.kind === 'lost' && phase === 'recovering') {
    const { node } = pool
    const reason = pool.reason.replace(/\.$/, '')
    return (
      <Banner kind="warning">
        {node === undefined ? t('run.executorsLost', { reason }) : t('run.executorsLostAt', { node, reason })}
      </Banner>
    )
  }
  if (phase !== 'stopped') return undefined
  const trouble = startDiagnostic ?? stopReason ?? (pool.kind === 'lost' ? pool.reason : undefined)
  if (trouble === undefined || trouble === dismissed) return undefined
  const text =
    typeof trouble === 'string'
      ? t('run.stoppedBecause', { reason: trouble })
      : t('run.startRefused', { message: [trouble.message, trouble.hint].filter(Boolean).join(' ') })
  return (
    <Banner kind="danger" dismiss={{ label: t('run.dismiss'), run: () => setDismissed(trouble) }}>
      {text}
    </Banner>
  )
}

function RecoveryBanner(): ReactNode {
  const t = useWords()
  const report = useRun((run) => run.recovery)
  const clock = useRun((run) => run.clock)
  const batchMs = useRun((run) => run.pipeline?.settings.batchMs) ?? 1000
  const [dismissed, setDismissed] = useState<RecoveryReport>()
  if (report === undefined || clock === undefined || report === dismissed) return undefined
  const print = (timeMs: number): string => printBatchTime(timeMs, clock, batchMs)
  const keys = Object.values(report.keys).reduce((sum, count) => sum + count, 0)
  // Most pipelines have no state: of what is not there nothing is said.
  const state = report.stateMs === undefined ? '' : t('run.recoveredState', { keys, time: print(report.stateMs) })
  const sentences = [
    t('run.recovered', { time: print(report.checkpointMs) }),
    state,
    t('run.recoveredRerun', { count: report.rerunCount - report.missedCount }),
    report.missedCount === 0 ? '' : t('run.recoveredMissed', { count: report.missedCount }),
    report.blocks === 0 ? '' : t('run.recoveredBlocks', { count: report.blocks }),
  ]
  return (
    <Banner kind="info" dismiss={{ label: t('run.dismiss'), run: () => setDismissed(report) }}>
      {sentences.filter(Boolean).join(' ')}
    </Banner>
  )
}

function DriverBanner(): ReactNode {
  const t = useWords()
  const restarts = useRun((run) => run.driverRestarts)
  const reason = useRun((run) => run.driverReason)
  const [dismissed, setDismissed] = useState(0)
  if (restarts <= dismissed || reason === undefined) return undefined
  return (
    <Banner kind="warning" dismiss={{ label: t('run.dismiss'), run: () => setDismissed(restarts) }}>
      {t('run.driverRestarted', { reason })}
    </Banner>
  )
}

function ReceiverBanner(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const busy = useRun((run) => isBusy(run.phase))
  const waiting = useRun((run) => run.receivers.find((receiver) => receiver.state === 'waiting'))
  const [dismissed, setDismissed] = useState<string>()
  if (!busy || waiting === undefined || waiting.node === dismissed) return undefined
  const { node, address, lastError } = waiting
  const show = (
    <Button look="outline" onClick={() => session.getState().showDockTab('receivers')}>
      {t('run.showReceivers')}
    </Button>
  )
  return (
    <Banner kind="warning" actions={show} dismiss={{ label: t('run.dismiss'), run: () => setDismissed(node) }}>
      {address.includes('://')
        ? t('run.receiverWaits', { node, address, reason: lastError ?? '' })
        : t('run.receiverAgain', { node, reason: lastError ?? '' })}
    </Banner>
  )
}

function OlderVersionBanner(): ReactNode {
  const t = useWords()
  const { starter } = useServices()
  const older = useOlderVersion()
  const runnable = useDocument((document) => document.checked.runnable)
  if (!older) return undefined
  const restart = (
    <Button
      look="outline"
      disabledBecause={runnable ? undefined : t('run.why.problems')}
      onClick={() => void starter.restart()}
    >
      {t('run.restart')}
    </Button>
  )
  return (
    <Banner kind="info" actions={restart}>
      {t('run.older')}
    </Banner>
  )
}
