import { type KeyboardEvent, type PointerEvent, type ReactNode, useId } from 'react'
import { useServices } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import { type Axis, namedBatches, valueAxis } from './axis.ts'
import { Hatching } from './Hatching.tsx'
import { nameOf } from './Legend.tsx'
import { colourOf, dashesOf, hatchFill } from './look.ts'
import styles from './Plot.module.css'
import { barPaths, batchAt, batchX, linePath, type PlotBox, stackedValues, valueY } from './plot.ts'
import { printFigure, printTick } from './print-figure.ts'
import type { ChartModel } from './series.ts'

/** Rooms around the plane, and what a tick or the name of a batch needs, in px. */
const TOP_PX = 8
const RIGHT_PX = 10
const AXIS_PX = 20
const TICK_PX = 32
const CHARACTER_PX = 7
const TIME_PX = 78

export interface PlotProps {
  readonly label: string
  readonly form: 'lines' | 'bars'
  readonly model: ChartModel
  readonly size: { readonly width: number; readonly height: number }
  /** Place of the batch whose values are read; −1: none. */
  readonly read: number
  readonly hovered: boolean
  /** The past batch that the whole screen shows. */
  readonly shownMs: number | undefined
  print(timeMs: number): string
  onHover(timeMs: number | undefined): void
}

/** The picture: a slider over batches. Its twin for reading is the table. */
export function Plot(props: PlotProps): ReactNode {
  const { label, form, model, size, read, hovered, shownMs, print, onHover } = props
  const t = useWords()
  const { session } = useServices()
  const { times, series } = model
  const values = form === 'bars' ? stackedValues(series) : series.flatMap((each) => each.values.filter(isThere))
  const axis = valueAxis(values, Math.floor((size.height - AXIS_PX) / TICK_PX))
  const left = Math.max(...axis.ticks.map((tick) => printTick(tick).length)) * CHARACTER_PX + 14
  const box: PlotBox = { left, right: size.width - RIGHT_PX, top: TOP_PX, bottom: size.height - AXIS_PX }
  const readMs = times[read]
  const goTo = (place: number): void => onHover(times[Math.min(times.length - 1, Math.max(0, place))])
  const onKeyDown = (event: KeyboardEvent): void => {
    const act = {
      ArrowLeft: () => goTo(read - 1),
      ArrowRight: () => goTo(read + 1),
      Home: () => goTo(0),
      End: () => goTo(times.length - 1),
      Enter: () => session.getState().showBatch(readMs ?? 'live'),
      Escape: () => {
        onHover(undefined)
        session.getState().showBatch('live')
      },
    }[event.key]
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  const placeAt = (event: PointerEvent): number | undefined =>
    batchAt(times, event.clientX - event.currentTarget.getBoundingClientRect().left, box)
  const said = series.map((each) => {
    const value = each.values[read]
    return `${nameOf(each.id, t)} ${value === undefined ? '–' : printFigure(value)}`
  })
  return (
    <div
      className={styles.plot}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-description={t('outputs.figures.help')}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, times.length - 1)}
      aria-valuenow={Math.max(0, read)}
      aria-valuetext={readMs === undefined ? t('outputs.noBatch') : `${print(readMs)}: ${said.join(', ')}`}
      onKeyDown={onKeyDown}
      onBlur={() => onHover(undefined)}
      onPointerMove={(event) => goTo(placeAt(event) ?? 0)}
      onPointerLeave={() => onHover(undefined)}
      onPointerUp={(event) => {
        const timeMs = times[placeAt(event) ?? -1]
        if (timeMs !== undefined) session.getState().showBatch(timeMs)
      }}
    >
      <svg width={size.width} height={size.height} aria-hidden="true">
        <Grid axis={axis} box={box} times={times} print={print} />
        {shownMs !== undefined && times.includes(shownMs) && (
          <path className={styles.shown} d={upright(batchX(times, times.indexOf(shownMs), box), box)} />
        )}
        {hovered && read >= 0 && <path className={styles.cursor} d={upright(batchX(times, read, box), box)} />}
        {form === 'bars' ? (
          <Bars model={model} axis={axis} box={box} />
        ) : (
          <Lines model={model} axis={axis} box={box} read={hovered || shownMs !== undefined ? read : -1} />
        )}
      </svg>
    </div>
  )
}

interface InBox {
  readonly axis: Axis
  readonly box: PlotBox
}

function Grid({
  axis,
  box,
  times,
  print,
}: InBox & { readonly times: readonly number[]; print(timeMs: number): string }): ReactNode {
  return (
    <g className={styles.axis}>
      {axis.ticks.map((tick) => {
        const y = Math.round(valueY(tick, axis, box)) + 0.5
        return (
          <g key={tick}>
            <path className={tick === 0 ? styles.zero : styles.grid} d={`M${box.left} ${y}H${box.right}`} />
            <text x={box.left - 6} y={y + 4} textAnchor="end">
              {printTick(tick)}
            </text>
          </g>
        )
      })}
      {namedBatches(times.length, box.right - box.left, TIME_PX).map((place) => {
        const x = batchX(times, place, box)
        const half = TIME_PX / 2
        const anchor = x + half > box.right + RIGHT_PX ? 'end' : x < half ? 'start' : 'middle'
        return (
          <g key={times[place]}>
            <path className={styles.grid} d={`M${Math.round(x) + 0.5} ${box.bottom}v4`} />
            <text x={anchor === 'end' ? box.right + RIGHT_PX - 2 : x} y={box.bottom + 16} textAnchor={anchor}>
              {print(times[place] ?? 0)}
            </text>
          </g>
        )
      })}
    </g>
  )
}

function Lines({ model, axis, box, read }: InBox & { readonly model: ChartModel; readonly read: number }): ReactNode {
  const { times, series } = model
  return (
    <>
      {[...series].reverse().map(({ id, slot, values }) => {
        const value = values[read]
        return (
          <g key={id ?? 'others'}>
            <path
              className={styles.line}
              d={linePath(values, times, axis, box)}
              stroke={colourOf(slot)}
              strokeDasharray={dashesOf(slot)}
            />
            {value !== undefined && (
              <circle cx={batchX(times, read, box)} cy={valueY(value, axis, box)} r={3.5} fill={colourOf(slot)} />
            )}
          </g>
        )
      })}
    </>
  )
}

function Bars({ model, axis, box }: InBox & { readonly model: ChartModel }): ReactNode {
  const id = useId()
  const paths = barPaths(model.series, model.times, axis, box)
  return (
    <>
      {model.series.map((each, index) => (
        <g key={each.id ?? 'others'} className={styles.bar}>
          <Hatching id={id} slot={each.slot} />
          <path d={paths[index] ?? ''} fill={colourOf(each.slot)} />
          <path d={paths[index] ?? ''} fill={hatchFill(id, each.slot)} />
        </g>
      ))}
    </>
  )
}

function upright(x: number, box: PlotBox): string {
  return `M${Math.round(x) + 0.5} ${box.top}V${box.bottom}`
}

function isThere(value: number | undefined): value is number {
  return value !== undefined
}
