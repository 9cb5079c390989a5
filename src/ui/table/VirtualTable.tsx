import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './VirtualTable.module.css'

export interface Column<Row> {
  readonly id: string
  readonly title: string
  /** Figures stand at the right. */
  readonly numeric?: boolean
  /** Takes the room that is left. */
  readonly wide?: boolean
  cell(row: Row, index: number): ReactNode
}

export interface VirtualTableProps<Row> {
  /** What the table shows, for those who do not see it. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  keyOf(row: Row, index: number): string | number
  /** Marks the one row that the screen shows, and brings it into sight. */
  isCurrent?(row: Row): boolean
  /** Rows that went wrong are tinted; the cells say it in words. */
  isBad?(row: Row): boolean
  /** Every row has one line, so that none has to be measured. */
  readonly isEven?: boolean
  /** A line is drawn above such a row. */
  isApart?(row: Row): boolean
  onRowClick?(row: Row): void
}

const ROW_PX = 26

/** A table that draws only the rows in sight. A real table: headers, caption and row numbers for assistive technology. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>): ReactNode {
  const { caption, columns, rows, keyOf, isCurrent, isEven = false } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : keyOf(row, index)
    },
    overscan: 8,
  })
  const current = isCurrent === undefined ? -1 : rows.findIndex(isCurrent)
  const currentRow = rows[current]
  const currentKey = currentRow === undefined ? undefined : keyOf(currentRow, current)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newly marked row comes into sight; rows that move under it do not scroll
  useEffect(() => {
    const { startIndex = 0, endIndex = -1 } = virtual.range ?? {}
    if (current >= 0 && (current <= startIndex || current >= endIndex)) {
      virtual.scrollToIndex(current, { align: 'center' })
    }
  }, [currentKey])
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label={caption}>
      <table className={`${styles.table} ${isEven ? styles.even : ''}`} aria-rowcount={rows.length + 1}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={cellClass(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Spacer px={before} columns={columns.length} />}
          {items.map((item) => {
            const row = rows[item.index]
            if (row === undefined) return null
            return (
              <Row
                key={item.key}
                {...props}
                row={row}
                index={item.index}
                measure={isEven ? undefined : virtual.measureElement}
              />
            )
          })}
          {after > 0 && <Spacer px={after} columns={columns.length} />}
        </tbody>
      </table>
    </section>
  )
}

interface RowProps<Row> extends VirtualTableProps<Row> {
  readonly row: Row
  readonly index: number
  readonly measure: ((element: Element | null) => void) | undefined
}

function Row<R>({ row, index, columns, isCurrent, isBad, isApart, onRowClick, measure }: RowProps<R>): ReactNode {
  const classes = [
    styles.row,
    isBad?.(row) ? styles.bad : '',
    isApart?.(row) ? styles.apart : '',
    onRowClick === undefined ? '' : styles.clickable,
  ]
  return (
    // The click is a short cut of the mouse; the row's own button does the same by keyboard.
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      aria-current={isCurrent?.(row) ? 'true' : undefined}
      className={classes.filter(Boolean).join(' ')}
      onClick={onRowClick === undefined ? undefined : () => onRowClick(row)}
    >
      {columns.map((column) => (
        <td key={column.id} className={cellClass(column)}>
          {column.cell(row, index)}
        </td>
      ))}
    </tr>
  )
}

function Spacer({ px, columns }: { readonly px: number; readonly columns: number }): ReactNode {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in this row takes the focus
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height: px, padding: 0, border: 0 }} />
    </tr>
  )
}

function cellClass(column: Pick<Column<never>, 'numeric' | 'wide'>): string {
  return [column.numeric ? styles.numeric : '', column.wide ? styles.wide : ''].filter(Boolean).join(' ')
}
