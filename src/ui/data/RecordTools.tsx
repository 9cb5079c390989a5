import type { ReactNode } from 'react'
import type { RecordRow } from '#ui/table/RecordTable.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import { CopyButton } from './CopyButton.tsx'
import styles from './DataPanel.module.css'
import { printCsv, printJson } from './print-rows.ts'

export interface RecordToolsProps {
  /** Those that were found. */
  readonly rows: readonly RecordRow[]
  /** How many were searched. */
  readonly shown: number
  readonly query: string
  onQuery(query: string): void
}

/** So many are found by the eye. */
export const FEW = 20

/** Search in the records that are here, and copies of what was found. */
export function RecordTools({ rows, shown, query, onQuery }: RecordToolsProps): ReactNode {
  const t = useWords()
  const titles = {
    partition: t('data.partition'),
    index: t('data.index'),
    key: t('data.key'),
    value: t('data.value'),
  }
  return (
    <>
      <span className={styles.copies}>
        <CopyButton label={t('data.json')} name={t('data.copy')} print={() => printJson(rows)} />
        <CopyButton label={t('data.csv')} name={t('data.copyCsv')} print={() => printCsv(rows, titles)} />
      </span>
      {(shown > FEW || query !== '') && (
        <input
          className={styles.search}
          type="search"
          aria-label={t('data.search')}
          placeholder={t('data.search')}
          value={query}
          onChange={(event) => onQuery(event.target.value)}
        />
      )}
      <span role="status" className={styles.found}>
        {query.trim() === '' ? '' : t('data.found', { found: formatNumber(rows.length), shown: formatNumber(shown) })}
      </span>
    </>
  )
}
