import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronRight, File, FileCheck, Folder, TriangleAlert } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { printBytes } from '#ui/print/bytes.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './FilesTree.module.css'
import { stepFor, type TreeRow, type TreeStep, totalsOf } from './file-tree.ts'

const ROW_PX = 26

export interface FilesTreeProps {
  readonly rows: readonly TreeRow[]
  /** Path of the selected row. */
  readonly selected: string | undefined
  onStep(step: TreeStep): void
}

/** Directories and files as a tree; only the rows in sight are in the page. The tree has the focus, the selected row is its active one. */
export function FilesTree({ rows, selected, onStep }: FilesTreeProps): ReactNode {
  const t = useWords()
  const tree = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.path ?? index,
    overscan: 8,
  })
  const at = rows.findIndex((row) => row.path === selected)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newly selected row comes into sight; one that moves does not scroll
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [selected])
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = stepFor(event.key, rows, selected)
    if (step === undefined) return
    event.preventDefault()
    onStep(step)
  }
  const items = virtual.getVirtualItems()
  const isDrawn = items.some((item) => item.index === at)
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      role="tree"
      aria-label={t('saved.tree')}
      aria-activedescendant={isDrawn ? `${tree}-${at}` : undefined}
      tabIndex={0}
      onKeyDown={press}
    >
      <div role="presentation" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index]
          if (row === undefined) return undefined
          return (
            <Row
              key={item.key}
              id={`${tree}-${item.index}`}
              row={row}
              selected={item.index === at}
              top={item.start}
              onStep={onStep}
            />
          )
        })}
      </div>
    </div>
  )
}

interface RowProps {
  readonly id: string
  readonly row: TreeRow
  readonly selected: boolean
  /** CSS px. */
  readonly top: number
  onStep(step: TreeStep): void
}

function Row({ id, row, selected, top, onStep }: RowProps): ReactNode {
  const t = useWords()
  const isDirectory = row.kind === 'directory'
  const { bytes, records } = isDirectory ? totalsOf(row.directory) : row
  const click = (): void =>
    onStep(isDirectory ? { kind: row.open ? 'close' : 'open', path: row.path } : { kind: 'select', path: row.path })
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus and takes the keys
    <div
      id={id}
      className={`${styles.row} ${isDirectory ? '' : styles.file}`}
      style={{ transform: `translateY(${top}px)` }}
      role="treeitem"
      // The tree itself is focused; a row is its active descendant.
      tabIndex={-1}
      aria-level={isDirectory ? 1 : 2}
      aria-expanded={isDirectory ? row.open : undefined}
      aria-selected={selected}
      aria-posinset={isDirectory ? undefined : row.place}
      aria-setsize={isDirectory ? undefined : row.siblings}
      onClick={click}
    >
      {isDirectory ? row.open ? <ChevronDown size={14} /> : <ChevronRight size={14} /> : undefined}
      {isDirectory ? <Folder size={14} /> : row.name === '_SUCCESS' ? <FileCheck size={14} /> : <File size={14} />}
      <span className={styles.name} title={row.path}>
        {isDirectory ? row.path : row.name}
      </span>
      {isDirectory && !row.directory.whole && (
        <span className={styles.broken}>
          <TriangleAlert size={12} />
          {t('saved.notWhole')}
        </span>
      )}
      <span className={styles.figure}>
        {records !== undefined
          ? t('saved.records', { count: records })
          : !isDirectory && row.name === '_SUCCESS'
            ? t('saved.success')
            : ''}
      </span>
      <span className={`${styles.figure} ${styles.size}`}>{printBytes(bytes, formatNumber)}</span>
    </div>
  )
}
