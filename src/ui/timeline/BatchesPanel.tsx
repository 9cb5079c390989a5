import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { useIncidentWords } from '#ui/incidents/use-incident-words.ts'
import { printBatchTime, printWallTime } from '#ui/print/batch-time.ts'
import { printDuration } from '#ui/print/duration.ts'
import { useDocument, useRun, useServices, useSession } from '#ui/services.ts'
import { type Column, VirtualTable } from '#ui/table/VirtualTable.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './BatchesPanel.module.css'
import { detailed } from './batch-details.ts'
import { type BatchFigures, isCompleted, printOutputOps, readBatch } from './batch-figures.ts'

const BatchDetails = lazy(async () => ({ default: (await import('./BatchDetails.tsx')).BatchDetails }))

/** Spark's batch tables as one, newest first: the strip's twin for reading. */
export function BatchesPanel(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const batches = useRun((run) => run.batches)
  const completed = useRun((run) => run.totals.completedBatches)
  const clock = useRun((run) => run.clock)
  const ownBatchMs = useDocument((document) => document.pipeline.settings.batchMs)
  const batchMs = useRun((run) => run.pipeline?.settings.batchMs) ?? ownBatchMs
  const shown = useSession((state) => state.shownBatchMs)
  const rows = useMemo(() => batches.map((info) => readBatch(info, batchMs)).reverse(), [batches, batchMs])
  const incidents = useRun((run) => run.incidents)
  const words = useIncidentWords(incidents.length > 0)
  if (clock === undefined || rows.length === 0) {
    return <EmptyState title={t('timeline.noBatches')} text={t('timeline.noBatchesText')} />
  }
  const happened = ({ timeMs }: BatchFigures) =>
    incidents.filter((incident) => incident.timeMs === timeMs).flatMap((each) => words?.sentences(each) ?? [])
  const duration = (ms: number | undefined) => (ms === undefined ? '-' : printDuration(ms))
  const show = (row: BatchFigures) => {
    if (isCompleted(row)) session.getState().showBatch(row.timeMs)
  }
  const printTime = (timeMs: number) =>
    clock.kind === 'virtual' ? printBatchTime(timeMs, clock, batchMs) : printWallTime(timeMs, { batchMs, date: true })
  const hasErrors = rows.some((row) => row.errors.length > 0)
  const columns: Column<BatchFigures>[] = [
    {
      id: 'time',
      title: t('timeline.batchTime'),
      cell: (row) =>
        isCompleted(row) ? (
          <button
            type="button"
            className={styles.link}
            aria-label={t('timeline.showBatch', { time: printTime(row.timeMs) })}
            onClick={() => show(row)}
          >
            {printTime(row.timeMs)}
          </button>
        ) : (
          printTime(row.timeMs)
        ),
    },
    {
      id: 'records',
      title: t('timeline.recordsColumn'),
      numeric: true,
      cell: (row) => t('timeline.records', { count: row.records }),
    },
    {
      id: 'scheduling',
      title: t('timeline.schedulingDelay'),
      numeric: true,
      cell: (row) => duration(row.schedulingDelayMs),
    },
    { id: 'processing', title: t('timeline.processingTime'), numeric: true, cell: (row) => duration(row.processingMs) },
    { id: 'total', title: t('timeline.totalDelay'), numeric: true, cell: (row) => duration(row.totalDelayMs) },
    { id: 'outputs', title: t('timeline.outputOps'), numeric: true, cell: printOutputOps },
    {
      id: 'status',
      title: t('timeline.status'),
      wide: !hasErrors,
      cell: (row) => <Status row={row} happened={happened(row)} />,
    },
    ...(hasErrors
      ? [{ id: 'error', title: t('timeline.error'), wide: true, cell: (row: BatchFigures) => <Errors row={row} /> }]
      : []),
  ]
  const details = detailed(batches, shown)
  return (
    <div className={styles.panel}>
      <VirtualTable
        caption={t('timeline.batches', { retained: formatNumber(rows.length), completed: formatNumber(completed) })}
        columns={columns}
        rows={rows}
        keyOf={(row) => row.timeMs}
        isCurrent={(row) => row.timeMs === shown}
        isBad={(row) => row.failed > 0}
        onRowClick={show}
      />
      {details !== undefined && (
        <Suspense>
          <BatchDetails info={details} time={printTime(details.batchTimeMs)} />
        </Suspense>
      )}
    </div>
  )
}

function Status({ row, happened }: { readonly row: BatchFigures; readonly happened: readonly string[] }): ReactNode {
  const t = useWords()
  const status = t(row.failed > 0 ? 'timeline.status.failed' : `timeline.status.${row.status}`)
  return (
    <>
      <span className={row.failed > 0 ? styles.failed : undefined}>{status}</span>
      {row.recovered && <span className={styles.recovered}> · {t('timeline.recovered')}</span>}
      {happened.length > 0 && <span className={styles.happened}> · {happened.join(' ')}</span>}
    </>
  )
}

function Errors({ row }: { readonly row: BatchFigures }): ReactNode {
  const t = useWords()
  const [first, ...more] = row.errors
  if (first === undefined) return null
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: only keeps a click on the text from choosing the batch
    <details className={styles.error} onClick={(event) => event.stopPropagation()}>
      <summary>
        {first.firstLine}
        {more.length > 0 && ` ${t('timeline.moreErrors', { count: more.length })}`}
      </summary>
      {row.errors.map((error) => (
        <pre key={`${error.node} ${error.text}`}>{`${error.node}: ${error.text}`}</pre>
      ))}
    </details>
  )
}
