import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { LoggedLine, LoggingPlace } from '#engine/model/batch-data.ts'
import { useServices } from '#ui/services.ts'
import type { OutputEntry } from '#ui/state/run-store.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './ConsoleSection.module.css'
import { type ConsoleRow, layConsole } from './console-rows.ts'

const LINE_PX = 18

export interface ConsoleSectionProps {
  /** In the order in which they are to stand. */
  readonly entries: readonly OutputEntry[]
  /** Keeps the last line in sight. */
  readonly follow: boolean
}

/** What functions logged: each call with the line that it stands on. Only the rows in sight are in the page. */
export function ConsoleSection({ entries, follow }: ConsoleSectionProps): ReactNode {
  const t = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => layConsole(entries), [entries])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    overscan: 12,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are what changes
  useEffect(() => {
    if (follow && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight
  }, [rows, follow])
  return (
    <section className={styles.section} aria-label={t('console.title')}>
      <header className={styles.header}>
        <strong>{t('console.title')}</strong>
        <span>{t('console.about')}</span>
      </header>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-live="off"
        aria-label={t('console.title')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div className={styles.all} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => (
            <div key={item.key} className={styles.row} style={{ transform: `translateY(${item.start}px)` }}>
              <Row row={rows[item.index]} />
            </div>
          ))}
        </div>
      </div>
    </section>
  )
}

function Row({ row }: { readonly row: ConsoleRow | undefined }): ReactNode {
  const t = useWords()
  if (row === undefined) return null
  if (row.kind === 'time') return <span className={styles.time}>{`Time: ${row.timeMs} ms`}</span>
  if (row.kind === 'more') {
    const place = nameOf(row.place, t('console.shared'))
    return <span className={styles.more}>{t('console.more', { place, count: formatNumber(row.place.calls) })}</span>
  }
  const { level } = row.logged
  return (
    <>
      {row.kind === 'call' && <PlaceLink logged={row.logged} />}
      {row.kind === 'call' && (level === 'warn' || level === 'error') && (
        <span className={styles.level} data-level={level}>
          {t(`console.${level}`)}
        </span>
      )}
      <span className={row.kind === 'rest' ? styles.rest : undefined} data-level={level}>
        {row.text}
      </span>
    </>
  )
}

/** Leads to the line of the call, where it is known. */
function PlaceLink({ logged }: { readonly logged: LoggedLine }): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const { node, param, line, column = 1 } = logged
  const name = nameOf(logged, t('console.shared'))
  const place = line === undefined ? name : `${name}:${line}`
  const go = () => {
    if (param !== undefined && node !== undefined)
      session.getState().revealNode(node, param, line === undefined ? undefined : { line, column })
    else session.getState().revealShared({ line: line ?? 1, column })
  }
  return (
    <button type="button" className={styles.place} aria-label={t('console.goto', { place })} onClick={go}>
      {place}
    </button>
  )
}

function nameOf({ node, param }: LoggingPlace, shared: string): string {
  if (param !== undefined) return `${node}.${param}`
  return node === undefined ? shared : `${node} → ${shared}`
}
