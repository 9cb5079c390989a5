import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useElementSize } from '#ui/theme/use-element-size.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './Chart.module.css'
import { Legend } from './Legend.tsx'
import { Plot } from './Plot.tsx'
import { type FigureEntry, layChart } from './series.ts'

/** Px that a batch needs at least. */
const LEAST_PX = { lines: 3, bars: 7 } as const

export interface ChartProps {
  readonly node: string
  readonly form: 'lines' | 'bars'
  readonly entries: readonly FigureEntry[]
  readonly top: number
  readonly shown: number | 'live'
  print(timeMs: number): string
}

/** Series over batch time with their names and values; the newest batches that there is room for. */
export function Chart({ node, form, entries, top, shown, print }: ChartProps): ReactNode {
  const t = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const { width, height } = useElementSize(frame)
  const [hoveredMs, setHoveredMs] = useState<number | undefined>(undefined)
  const [hidden, setHidden] = useState<ReadonlySet<string | undefined>>(new Set())
  const slots = useRef<ReadonlyMap<string, number>>(new Map())
  const most = Math.max(1, Math.floor(width / LEAST_PX[form]))
  const model = useMemo(() => layChart(entries.slice(-most), top, slots.current), [entries, most, top])
  useEffect(() => {
    slots.current = model.slots
  }, [model])
  const { times } = model
  const drawn = { ...model, series: model.series.filter(({ id }) => !hidden.has(id)) }
  const toggle = (id: string | undefined): void => {
    const next = new Set(hidden)
    if (!next.delete(id)) next.add(id)
    setHidden(next)
  }
  const readMs =
    hoveredMs !== undefined && times.includes(hoveredMs) ? hoveredMs : shown === 'live' ? times.at(-1) : shown
  const read = readMs === undefined ? -1 : times.indexOf(readMs)
  return (
    <div className={styles.chart}>
      <div className={styles.parts}>
        <div ref={frame} className={styles.frame}>
          {width > 0 && (
            <Plot
              label={t('outputs.figures.chart', { node, count: times.length })}
              form={form}
              model={drawn}
              size={{ width, height }}
              read={read}
              hovered={hoveredMs !== undefined}
              shownMs={shown === 'live' ? undefined : shown}
              print={print}
              onHover={setHoveredMs}
            />
          )}
        </div>
        <Legend
          title={read < 0 ? t('outputs.noBatch') : t('outputs.inBatch', { time: print(readMs ?? 0) })}
          form={form}
          series={model.series}
          place={read}
          hidden={hidden}
          onToggle={toggle}
        />
      </div>
    </div>
  )
}
