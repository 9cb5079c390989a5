import type { ReactNode } from 'react'
import type { CheckpointReport, KeptEntry } from '#engine/model/checkpoint-report.ts'
import { printWallTime } from '#ui/print/batch-time.ts'
import { printBytes } from '#ui/print/bytes.ts'
import { printDuration } from '#ui/print/duration.ts'
import { type Column, VirtualTable } from '#ui/table/VirtualTable.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './CheckpointPanel.module.css'
import { usePrintTime } from './use-print-time.ts'

/** Every entry that is stored, newest first. */
export function KeptSection({ report }: { readonly report: CheckpointReport | undefined }): ReactNode {
  const t = useWords()
  const print = usePrintTime()
  if (report === undefined || report.entries === 0) return <p className={styles.note}>{t('checkpoint.keptNone')}</p>
  const bytes = (value: number): string => printBytes(value, formatNumber)
  const columns: readonly Column<KeptEntry>[] = [
    {
      id: 'time',
      title: t('checkpoint.column.time'),
      cell: ({ timeMs }) => (timeMs === undefined ? '-' : print(timeMs)),
    },
    { id: 'kind', title: t('checkpoint.column.kind'), cell: ({ kind }) => t(`checkpoint.kind.${kind}`) },
    { id: 'node', title: t('checkpoint.column.node'), cell: ({ node }) => node ?? '-' },
    { id: 'size', title: t('checkpoint.column.size'), numeric: true, cell: (entry) => bytes(entry.bytes) },
    {
      id: 'duration',
      title: t('checkpoint.column.duration'),
      numeric: true,
      cell: ({ durationMs }) => (durationMs === undefined ? '-' : printDuration(durationMs)),
    },
    {
      id: 'written',
      title: t('checkpoint.column.written'),
      wide: true,
      cell: ({ savedAtMs }) =>
        savedAtMs === undefined
          ? t('checkpoint.earlier')
          : printWallTime(Math.round(savedAtMs), { batchMs: 1000, date: false }),
    },
  ]
  return (
    <div className={styles.kept}>
      <p className={styles.note}>
        {t('checkpoint.keptCaption', { entries: report.entries, bytes: bytes(report.bytes) })}.{' '}
        {t('checkpoint.keptHelp')}
      </p>
      <div className={styles.table}>
        <VirtualTable
          caption={t('checkpoint.keptCaption', { entries: report.entries, bytes: bytes(report.bytes) })}
          columns={columns}
          rows={report.kept}
          keyOf={({ key }) => key}
        />
      </div>
    </div>
  )
}
