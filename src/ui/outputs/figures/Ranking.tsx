import type { ReactNode } from 'react'
import { BarList } from '#ui/bars/BarList.tsx'
import { useWords } from '#ui/words/words.ts'
import { nameOf } from './Legend.tsx'
import { printFigure } from './print-figure.ts'
import { type FigureEntry, layChart } from './series.ts'

export interface RankingProps {
  /** Of the batch that the screen shows. */
  readonly current: FigureEntry | undefined
  readonly top: number
  print(timeMs: number): string
}

/** The greatest series of one batch with a bar each, and the others together. */
export function Ranking({ current, top, print }: RankingProps): ReactNode {
  const t = useWords()
  const series = current === undefined || current.figures.points.length === 0 ? [] : layChart([current], top).series
  const bars = series.map(({ id, values: [value = 0] }) => {
    return { id: id ?? 'others', name: nameOf(id, t), value, figure: printFigure(value), isOthers: id === undefined }
  })
  const title =
    current === undefined || bars.length === 0
      ? t('outputs.noBatch')
      : t('outputs.inBatch', { time: print(current.timeMs) })
  return <BarList title={title} bars={bars} />
}
