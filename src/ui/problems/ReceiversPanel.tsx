import { type ReactNode, useEffect, useState } from 'react'
import type { ReceiverState } from '#engine/model/run-state.ts'
import { useRun, useServices } from '#ui/services.ts'
import { type Column, VirtualTable } from '#ui/table/VirtualTable.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import { CallList } from './CallList.tsx'
import styles from './ReceiversPanel.module.css'

/** Less rounds to nothing. */
const SHOWN_SHARE = 0.005

/** Receivers with their state, as Spark's tab lists them under Input Rate. */
export function ReceiversPanel(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const receivers = useRun((run) => run.receivers)
  if (receivers.length === 0) return <EmptyState title={t('receivers.none')} text={t('receivers.noneText')} />
  const isHeld = receivers.some(({ heldShare = 0 }) => heldShare >= SHOWN_SHARE)
  const columns: readonly Column<ReceiverState>[] = [
    {
      id: 'node',
      title: t('receivers.name'),
      cell: (row) => (
        <button type="button" className={styles.node} onClick={() => session.getState().revealNode(row.node)}>
          {row.node}
        </button>
      ),
    },
    { id: 'state', title: t('receivers.state'), cell: (row) => <StateCell receiver={row} /> },
    { id: 'records', title: t('receivers.records'), numeric: true, cell: (row) => formatNumber(row.records) },
    {
      id: 'waitingRecords',
      title: t('receivers.waitingRecords'),
      numeric: true,
      cell: (row) => formatNumber(row.waitingRecords),
    },
    { id: 'rateLimit', title: t('receivers.rateLimit'), numeric: true, cell: (row) => printLimit(t, row.rateLimit) },
    ...(isHeld
      ? [
          {
            id: 'held',
            title: t('receivers.held'),
            numeric: true,
            cell: ({ heldShare }: ReceiverState) => (heldShare === undefined ? '-' : printShare(t, heldShare)),
          },
        ]
      : []),
    {
      id: 'address',
      title: t('receivers.address'),
      cell: (row) => (row.address === '' ? t('receivers.own') : <code>{row.address}</code>),
    },
    {
      id: 'error',
      title: t('receivers.lastError'),
      wide: true,
      cell: (row) => <ErrorCell receiver={row} />,
    },
    ...(receivers.some((each) => each.lastLine !== undefined)
      ? [
          {
            id: 'lastLine',
            title: t('receivers.lastLine'),
            cell: (row: ReceiverState) => <code title={row.lastLine}>{row.lastLine ?? '-'}</code>,
          },
        ]
      : []),
  ]
  return (
    <div className={styles.panel}>
      <VirtualTable caption={t('receivers.title')} columns={columns} rows={receivers} keyOf={(row) => row.streamId} />
      {isHeld && <p className={styles.note}>{t('receivers.heldText')}</p>}
    </div>
  )
}

function printShare(t: ReturnType<typeof useWords>, share: number): string {
  return t('receivers.heldShare', { share: formatNumber(share, { style: 'percent', maximumFractionDigits: 0 }) })
}

function printLimit(t: ReturnType<typeof useWords>, rate: number | undefined): string {
  if (rate === undefined) return t('receivers.noLimit')
  return t('receivers.perSecond', { rate: formatNumber(rate, { maximumFractionDigits: 1 }) })
}

function StateCell({ receiver }: { readonly receiver: ReceiverState }): ReactNode {
  const t = useWords()
  return (
    <span className={styles[receiver.state]}>
      {t(`receivers.${receiver.state}`)}
      {receiver.state === 'waiting' && receiver.retryAtMs !== undefined && <Countdown untilMs={receiver.retryAtMs} />}
    </span>
  )
}

function ErrorCell({ receiver: { lastError, errorFrames = [] } }: { readonly receiver: ReceiverState }): ReactNode {
  return (
    <>
      <span title={lastError}>{lastError ?? '-'}</span>
      {errorFrames.length > 0 && <CallList frames={errorFrames} />}
    </>
  )
}

function Countdown({ untilMs }: { readonly untilMs: number }): ReactNode {
  const t = useWords()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.ceil((untilMs - now) / 1000)
  return <>, {seconds > 0 ? t('receivers.retry', { seconds }) : t('receivers.retryNow')}</>
}
