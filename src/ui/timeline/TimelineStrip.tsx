import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useIncidentWords } from '#ui/incidents/use-incident-words.ts'
import type { BatchClock } from '#ui/print/batch-time.ts'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { printDuration } from '#ui/print/duration.ts'
import { useRun } from '#ui/services.ts'
import { useElementSize } from '#ui/theme/use-element-size.ts'
import { useWords } from '#ui/words/words.ts'
import { BatchTip } from './BatchTip.tsx'
import { type BatchFigures, isCompleted, placeOf } from './batch-figures.ts'
import { drawStrip, HISTOGRAM_PX } from './draw-strip.ts'
import { scaleTops } from './statistics.ts'
import { backOfTime, backToShow, clampBack, columnAt, columnLeft, layStrip, visiblePart } from './strip-geometry.ts'
import { stripKey } from './strip-keys.ts'
import { readPalette } from './strip-palette.ts'
import styles from './TimelineStrip.module.css'
import { useThemeCount } from './use-surroundings.ts'

/** Room that two labels of the axis need. */
const LABELS_PX = 140

export interface TimelineStripProps {
  /** Oldest first. */
  readonly figures: readonly BatchFigures[]
  readonly batchMs: number
  readonly clock: BatchClock
  readonly shown: number | 'live'
  onShow(shown: number | 'live'): void
}

/** The drawn part: a slider over batches whose picture is the four figures. Its twin for reading is the table of batches. */
export function TimelineStrip({ figures, batchMs, clock, shown, onShow }: TimelineStripProps): ReactNode {
  const t = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useElementSize(frame)
  const theme = useThemeCount()
  const incidents = useRun((run) => run.incidents)
  const words = useIncidentWords(incidents.length > 0)
  const [lastMs, setLastMs] = useState<number | undefined>(undefined)
  const [hovered, setHovered] = useState<number | undefined>(undefined)

  const geometry = layStrip(Math.max(0, size.width - HISTOGRAM_PX))
  const times = figures.map((figure) => figure.timeMs)
  const back = clampBack(lastMs === undefined ? 0 : backOfTime(times, lastMs), figures.length, geometry.columns)
  const visible = visiblePart(figures, geometry.columns, back)
  const shownIndex = shown === 'live' ? figures.length - 1 : times.indexOf(shown)
  const done = figures.filter(isCompleted)
  const place = placeOf(shown, done)

  /** Stands still at a place in the past, or follows the newest. */
  const scrollTo = (nextBack: number) => {
    const clamped = clampBack(nextBack, figures.length, geometry.columns)
    setLastMs(clamped === 0 && shown === 'live' ? undefined : times[figures.length - 1 - clamped])
  }

  const shownVisible = visible.some((figure) => figure.timeMs === shown)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a newly chosen batch scrolls the strip, a new batch does not
  useEffect(() => {
    if (shown === 'live') setLastMs(undefined)
    else if (!shownVisible && shownIndex >= 0) scrollTo(backToShow(shownIndex, figures.length, geometry.columns, back))
    else setLastMs(visible.at(-1)?.timeMs)
  }, [shown])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme changes the colours that readPalette finds
  useLayoutEffect(() => {
    const element = canvas.current
    const context = element?.getContext('2d')
    if (!element || !context || size.width === 0) return
    const ratio = window.devicePixelRatio
    element.width = Math.round(size.width * ratio)
    element.height = Math.round(size.height * ratio)
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    const picture = {
      batches: visible,
      retained: figures,
      tops: scaleTops(figures),
      geometry,
      batchMs,
      shownMs: shown === 'live' ? undefined : shown,
      hoveredMs: hovered,
      struckMs: new Set(incidents.flatMap(({ timeMs }) => timeMs ?? [])),
      widthPx: size.width,
      heightPx: size.height,
    }
    drawStrip(context, picture, readPalette(element))
  }, [figures, size, shown, hovered, lastMs, theme, batchMs, incidents])

  const timeAt = (event: MouseEvent): number | undefined => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const index = columnAt(x, visible.length, geometry)
    return index === undefined ? undefined : visible[index]?.timeMs
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const target = stripKey(event.key, place, done.length)
    if (target === undefined) return
    event.preventDefault()
    onShow(target === 'live' ? 'live' : (done[target]?.timeMs ?? 'live'))
  }
  const firstPx = columnLeft(0, visible.length, geometry)
  const lastPx = columnLeft(visible.length, visible.length, geometry)
  const current = figures[shownIndex]
  const tip = visible.findIndex((figure) => figure.timeMs === hovered)
  const tipped = visible[tip]
  const print = (timeMs: number) => printBatchTime(timeMs, clock, batchMs)
  const happened = (timeMs: number | undefined) =>
    incidents.filter((incident) => incident.timeMs === timeMs).flatMap((each) => words?.sentences(each) ?? [])
  return (
    <div className={styles.strip}>
      <div
        ref={frame}
        className={styles.frame}
        role="slider"
        tabIndex={0}
        aria-label={t('timeline.strip')}
        aria-description={t('timeline.stripHelp')}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, done.length - 1)}
        aria-valuenow={Math.max(0, place)}
        aria-valuetext={
          shown === 'live' || current === undefined
            ? t('timeline.live')
            : [
                t('timeline.valueText', {
                  time: print(current.timeMs),
                  records: current.records,
                  processing: current.processingMs === undefined ? '-' : printDuration(current.processingMs),
                  status: t(current.failed > 0 ? 'timeline.status.failed' : `timeline.status.${current.status}`),
                }),
                ...happened(current.timeMs),
              ].join(' ')
        }
        onKeyDown={onKeyDown}
        onWheel={(event) => scrollTo(back - Math.sign(event.deltaX || event.deltaY) * 5)}
        onPointerMove={(event) => setHovered(timeAt(event))}
        onPointerLeave={() => setHovered(undefined)}
        onClick={(event) => {
          const timeMs = timeAt(event)
          if (done.some((figure) => figure.timeMs === timeMs)) onShow(timeMs ?? 'live')
        }}
      >
        <canvas ref={canvas} className={styles.canvas} />
        {tipped !== undefined && (
          <BatchTip
            figures={tipped}
            happened={happened(tipped.timeMs)}
            time={print(tipped.timeMs)}
            anchor={frame}
            leftPx={columnLeft(tip, visible.length, geometry) + geometry.columnPx / 2}
          />
        )}
      </div>
      <div className={styles.axis} aria-hidden="true">
        <div className={styles.times} style={{ paddingLeft: Math.max(0, Math.min(firstPx, lastPx - LABELS_PX)) }}>
          <span>{visible[0] === undefined || lastPx - firstPx < LABELS_PX ? '' : print(visible[0].timeMs)}</span>
          <span>{visible.at(-1) === undefined ? '' : print(visible.at(-1)?.timeMs ?? 0)}</span>
        </div>
        <span className={styles.histograms} style={{ width: HISTOGRAM_PX }}>
          {t('timeline.histograms')}
        </span>
      </div>
    </div>
  )
}
