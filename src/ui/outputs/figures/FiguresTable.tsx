import { type ReactNode, useMemo } from 'react'
import { type Column, VirtualTable } from '#ui/table/VirtualTable.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './FiguresView.module.css'
import { nameOf } from './Legend.tsx'
import { printFigure } from './print-figure.ts'
import { type FigureEntry, layChart } from './series.ts'

export interface FiguresTableProps {
  readonly node: string
  readonly entries: readonly FigureEntry[]
  readonly top: number
  print(timeMs: number): string
}

interface Row {
  readonly timeMs: number
  readonly values: readonly (number | undefined)[]
  readonly total: number | undefined
}

/** The same figures to be read: a row per batch, newest first, a column per series. */
export function FiguresTable({ node, entries, top, print }: FiguresTableProps): ReactNode {
  const t = useWords()
  const model = useMemo(() => layChart(entries, top), [entries, top])
  const rows = entries
    .map(({ timeMs, figures }, place): Row => {
      return { timeMs, values: model.series.map(({ values }) => values[place]), total: figures.total }
    })
    .reverse()
  const isCounter = entries.at(-1)?.figures.total !== undefined
  const columns: readonly Column<Row>[] = [
    { id: 'time', title: t('outputs.figures.time'), cell: ({ timeMs }) => print(timeMs) },
    ...model.series.map(
      ({ id }, index): Column<Row> => ({
        id: id ?? 'others',
        title: nameOf(id, t),
        numeric: true,
        cell: ({ values }) => {
          const value = values[index]
          return value === undefined ? '–' : printFigure(value)
        },
      }),
    ),
    ...(isCounter
      ? [
          {
            id: 'total',
            title: t('outputs.figures.total'),
            numeric: true,
            cell: ({ total }: Row) => (total === undefined ? '–' : printFigure(total)),
          },
        ]
      : []),
  ]
  return (
    <div className={styles.table}>
      <VirtualTable
        caption={t('outputs.figures.tableOf', { node })}
        columns={columns}
        rows={rows}
        keyOf={({ timeMs }) => timeMs}
      />
    </div>
  )
}
