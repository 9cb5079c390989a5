import { type ReactNode, useMemo } from 'react'
import { isPair } from '#engine/record/print-record.ts'
import { printCell } from '#ui/print/cell.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './RecordTable.module.css'
import { isNumeric, layRecords, type RecordLayout, readField } from './record-columns.ts'
import { type Column, VirtualTable } from './VirtualTable.tsx'

export interface RecordRow {
  readonly value: unknown
  /** Absent where partitions say nothing, as in an output's rows. */
  readonly partition?: number
  /** Place in the partition, or among the rows. */
  readonly index: number
}

export interface RecordTableProps {
  readonly caption: string
  readonly rows: readonly RecordRow[]
  /** A line is drawn above this one: what follows is of another kind. */
  readonly apart?: RecordRow | undefined
  /** It is marked and brought into sight. */
  readonly current?: RecordRow | undefined
}

/** Records in rows. Whatever a record holds is shown as text. */
export function RecordTable({ caption, rows, apart, current }: RecordTableProps): ReactNode {
  const t = useWords()
  const columns = useMemo((): readonly Column<RecordRow>[] => {
    const layout = layRecords(rows.map((row) => row.value))
    const partitioned = rows.some((row) => row.partition !== undefined)
    return [
      ...(partitioned
        ? [
            {
              id: 'partition',
              title: t('data.partition'),
              numeric: true,
              cell: (row: RecordRow) => <Faint text={row.partition} />,
            },
          ]
        : []),
      { id: 'index', title: t('data.index'), numeric: true, cell: (row) => <Faint text={row.index} /> },
      ...valueColumns(layout, rows, {
        key: t('data.key'),
        value: t('data.value'),
      }),
    ]
  }, [rows, t])
  return (
    <VirtualTable
      caption={caption}
      columns={columns}
      rows={rows}
      keyOf={(row, index) => `${row.partition ?? ''}/${index}`}
      isEven
      isCurrent={(row) => row === current}
      isApart={(row) => row === apart}
    />
  )
}

function valueColumns(
  layout: RecordLayout,
  rows: readonly RecordRow[],
  titles: { readonly key: string; readonly value: string },
): readonly Column<RecordRow>[] {
  if (layout.kind === 'pairs') {
    const at = (row: RecordRow, place: 0 | 1) => (isPair(row.value) ? row.value[place] : undefined)
    const numeric = isNumeric(rows.map((row) => at(row, 1)))
    return [
      { id: 'key', title: titles.key, wide: numeric, cell: (row) => <Cell value={at(row, 0)} /> },
      { id: 'value', title: titles.value, numeric, wide: !numeric, cell: (row) => <Cell value={at(row, 1)} /> },
    ]
  }
  if (layout.kind === 'value') {
    return [{ id: 'value', title: titles.value, wide: true, cell: (row) => <Cell value={row.value} /> }]
  }
  return layout.names.map((name, place) => ({
    id: `field ${name}`,
    title: name,
    wide: place === layout.names.length - 1,
    numeric: isNumeric(rows.map((row) => readField(row.value, name)).flatMap((f) => (f === 'absent' ? [] : [f.value]))),
    cell: (row) => {
      const field = readField(row.value, name)
      return field === 'absent' ? null : <Cell value={field.value} />
    },
  }))
}

function Cell({ value }: { readonly value: unknown }): ReactNode {
  const text = printCell(value)
  return (
    <span className={styles.cell} title={text.length > 60 ? text.slice(0, 2000) : undefined}>
      {text}
    </span>
  )
}

function Faint({ text }: { readonly text: number | undefined }): ReactNode {
  return <span className={styles.faint}>{text}</span>
}
