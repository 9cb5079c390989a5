import type { ReactNode } from 'react'
import { BarList } from '#ui/bars/BarList.tsx'
import { printCell } from '#ui/print/cell.ts'
import { formatNumber } from '#ui/words/words.ts'
import type { TopPair } from './top-pairs.ts'

export interface TopBarsProps {
  readonly title: string
  readonly bars: readonly TopPair[]
}

/** The greatest pairs with a bar each. */
export function TopBars({ title, bars }: TopBarsProps): ReactNode {
  const rows = bars.map(({ key, value }, place) => ({
    // Keys may repeat in a stream of pairs; the place is what a bar is.
    id: place,
    name: printCell(key),
    hint: key,
    value,
    figure: formatNumber(value, { maximumFractionDigits: 6 }),
  }))
  return <BarList title={title} bars={rows} />
}
