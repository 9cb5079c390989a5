import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import type { NodeBatch } from '#engine/model/batch-data.ts'
import { type RecordRow, RecordTable } from '#ui/table/RecordTable.tsx'
import { Button } from '#ui/theme/Button.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './DataPanel.module.css'
import { LateGoToRecord } from './LateGoToRecord.tsx'
import { listRecords, printPartitions } from './list-records.ts'
import { searchRows } from './print-rows.ts'
import { FEW, RecordTools } from './RecordTools.tsx'
import { TopBars } from './TopBars.tsx'
import { topPairs } from './top-pairs.ts'
import { type Look, useLook, useWatch } from './use-look.ts'

export interface NodeRecordsProps {
  readonly node: string
  readonly timeMs: number
  readonly held: NodeBatch
  /** Names the batch. */
  readonly title: string
  readonly time: string
  readonly live: boolean
}

/** One node's RDD in one batch: counts, then what is known of its records as bars or as a table. */
export function NodeRecords(props: NodeRecordsProps): ReactNode {
  const t = useWords()
  const { held, title } = props
  return (
    <>
      <header className={styles.header}>
        <p>{title}</p>
        <p className={styles.counts}>
          <strong>{t('data.records', { count: held.records })}</strong>
          <span>
            {t('data.partitions', {
              count: held.partitions.length,
              sum: printPartitions(held.partitions, formatNumber),
            })}
          </span>
        </p>
      </header>
      {held.records === 0 ? (
        <div className={styles.rest}>
          <EmptyState
            title={t('data.emptyRdd')}
            text={t('data.emptyRddText', { partitions: held.partitions.length })}
          />
        </div>
      ) : (
        <SomeRecords {...props} />
      )}
    </>
  )
}

function SomeRecords({ node, timeMs, held, time, live }: NodeRecordsProps): ReactNode {
  const t = useWords()
  const [view, setView] = useState<'bars' | 'table'>('bars')
  const [query, setQuery] = useState('')
  const [current, setCurrent] = useState<RecordRow>()
  const goTo = useRef<HTMLInputElement>(null)
  const watch = useWatch(node)
  const look = useLook(node, timeMs, held, live)
  const rows = useMemo(() => look?.rows ?? listRecords(held), [look, held])
  const bars = useMemo(() => topPairs(rows.map((row) => row.value)), [rows])
  const found = useMemo(() => searchRows(rows, query), [rows, query])
  const isCut = held.records > rows.length
  const barsShown = bars !== undefined && view === 'bars' && query.trim() === ''
  return (
    <>
      <div className={styles.tools}>
        {bars !== undefined && (
          <fieldset className={styles.views}>
            <legend className="visually-hidden">{t('data.view')}</legend>
            {(['bars', 'table'] as const).map((each) => (
              <Button key={each} aria-pressed={view === each} onClick={() => setView(each)}>
                {t(`data.${each}`)}
              </Button>
            ))}
          </fieldset>
        )}
        <span className={styles.sample}>{useScope(held, rows, look)}</span>
        {isCut && live && look === undefined && !watch.isOn && (
          <Button look="outline" hint={t('data.moreHint')} onClick={watch.start}>
            {t('data.more')}
          </Button>
        )}
        <RecordTools rows={found} shown={rows.length} query={query} onQuery={setQuery} />
        {rows.length > FEW && (
          <LateGoToRecord
            rows={rows}
            partitions={held.partitions}
            input={goTo}
            onFound={setCurrent}
            onGo={() => {
              setView('table')
              setQuery('')
            }}
          />
        )}
      </div>
      {watch.isOn && look === undefined && isCut && <p className={styles.note}>{t('data.watching')}</p>}
      {barsShown ? (
        <TopBars
          bars={bars}
          title={
            isCut
              ? t('data.topOfSample', { shown: formatNumber(rows.length), count: bars.length })
              : t('data.top', { count: bars.length })
          }
        />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: a short cut to the field, which is reached by Tab as well
        <div className={styles.table} onKeyDown={(event) => leadTo(goTo.current, event)}>
          <RecordTable
            caption={t('data.table.caption', { node, time })}
            rows={found}
            current={current}
            {...(look === undefined ? {} : { apart: rows[look.first] })}
          />
        </div>
      )}
    </>
  )
}

/** G leads from the table to the field for a record's number. */
function leadTo(input: HTMLInputElement | null, event: KeyboardEvent): void {
  if (event.key.toLowerCase() !== 'g' || event.ctrlKey || event.metaKey || event.altKey || input === null) return
  event.preventDefault()
  input.select()
  input.focus()
}

/** Says what the rows are: all records, the first of them, or the first and some picked ones. */
function useScope(held: NodeBatch, rows: readonly RecordRow[], look: Look | undefined): string {
  const t = useWords()
  if (held.records <= rows.length) return t('data.all', { count: held.records })
  const count = formatNumber(held.records)
  const first = look?.first ?? rows.length
  const picked = rows.length - first
  if (picked === 0) return t('data.first', { shown: formatNumber(first), count })
  return t('data.firstAndPicked', { first: formatNumber(first), count, picked: formatNumber(picked) })
}
