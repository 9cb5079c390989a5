import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { NodeBatch } from '#engine/model/batch-data.ts'
import { useServices } from '#ui/services.ts'
import { RecordTable } from '#ui/table/RecordTable.tsx'
import { Button } from '#ui/theme/Button.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './DataPanel.module.css'
import { listRecords, printPartitions } from './list-records.ts'
import { TopBars } from './TopBars.tsx'
import { topPairs } from './top-pairs.ts'

/** Records that executors sample of a node unless the person asks for more, and when they do. */
const USUAL_SAMPLE = 20
const LARGE_SAMPLE = 1000

export interface NodeRecordsProps {
  readonly node: string
  readonly held: NodeBatch
  /** Names the batch. */
  readonly title: string
  readonly time: string
  readonly live: boolean
}

/** One node's RDD in one batch: counts, then the first records as bars or as a table. */
export function NodeRecords({ node, held, title, time, live }: NodeRecordsProps): ReactNode {
  const t = useWords()
  const [view, setView] = useState<'bars' | 'table'>('bars')
  const watch = useWatch(node)
  const rows = useMemo(() => listRecords(held), [held])
  const bars = useMemo(() => topPairs(rows.map((row) => row.value)), [rows])
  const isCut = held.records > rows.length
  const words = { shown: formatNumber(rows.length), count: held.records }
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
            <span className={styles.sample}>
              {isCut
                ? t('data.first', { ...words, count: formatNumber(held.records) })
                : t('data.all', { count: held.records })}
            </span>
            {isCut && live && rows.length <= USUAL_SAMPLE && !watch.isOn && (
              <Button look="outline" hint={t('data.moreHint')} onClick={watch.start}>
                {t('data.more')}
              </Button>
            )}
            <CopyButton sample={held.sample} />
          </div>
          {watch.isOn && rows.length <= USUAL_SAMPLE && isCut && <p className={styles.note}>{t('data.watching')}</p>}
          {bars !== undefined && view === 'bars' ? (
            <TopBars
              bars={bars}
              title={
                isCut ? t('data.topOfSample', { ...words, count: bars.length }) : t('data.top', { count: bars.length })
              }
            />
          ) : (
            <div className={styles.table}>
              <RecordTable caption={t('data.table.caption', { node, time })} rows={rows} />
            </div>
          )}
        </>
      )}
    </>
  )
}

/** Asks for a large sample of the node until another one is looked at. */
function useWatch(node: string): { readonly isOn: boolean; start(): void } {
  const { client } = useServices()
  const [isOn, setIsOn] = useState(false)
  useEffect(() => {
    if (!isOn) return
    void client.watch(node, LARGE_SAMPLE)
    return () => void client.watch(undefined, USUAL_SAMPLE)
  }, [client, node, isOn])
  return { isOn, start: () => setIsOn(true) }
}
