// The strip's picture: four rows of columns, one column per batch, a histogram at the right end of each row.
import type { BatchFigures } from './batch-figures.ts'
import { figureOf, figuresOf, histogram, type Timeline, timelines } from './statistics.ts'
import { columnLeft, type StripGeometry } from './strip-geometry.ts'
import type { StripPalette } from './strip-palette.ts'

/** Width of the histograms with the gap before them, CSS px. */
export const HISTOGRAM_PX = 96
const GAP_PX = 14
const ROW_PAD_PX = 4
/** Band above the rows for crosses and rings; the style sheet leaves the same above the names. */
const MARKS_PX = 10

export interface StripPicture {
  readonly batches: readonly BatchFigures[]
  /** All that Spark calls retained, for histograms and scales. */
  readonly retained: readonly BatchFigures[]
  readonly tops: { readonly rate: number; readonly ms: number }
  readonly geometry: StripGeometry
  readonly batchMs: number
  readonly shownMs: number | undefined
  readonly hoveredMs: number | undefined
  /** Batches in which something went wrong with the machines. */
  readonly struckMs: ReadonlySet<number>
  readonly widthPx: number
  readonly heightPx: number
}

type Context = CanvasRenderingContext2D

export function drawStrip(context: Context, picture: StripPicture, palette: StripPalette): void {
  const rowPx = (picture.heightPx - MARKS_PX) / timelines.length
  context.clearRect(0, 0, picture.widthPx, picture.heightPx)
  drawMarkedColumns(context, picture, palette)
  for (const [row, timeline] of timelines.entries()) {
    const top = MARKS_PX + row * rowPx
    const box = { top: top + ROW_PAD_PX, bottom: top + rowPx - 1 }
    drawRow(context, picture, palette, timeline, box)
    drawHistogram(context, picture, palette, timeline, box)
  }
  drawMarks(context, picture, palette)
}

interface Box {
  readonly top: number
  readonly bottom: number
}

const colours: Readonly<Record<Timeline, keyof StripPalette>> = {
  inputRate: 'rate',
  schedulingDelay: 'scheduling',
  processingTime: 'processing',
  totalDelay: 'total',
}

/** Full-height tints: the shown and the hovered batch, and hatching where a batch waits. */
function drawMarkedColumns(context: Context, picture: StripPicture, palette: StripPalette): void {
  const { batches, geometry, heightPx } = picture
  for (const [index, batch] of batches.entries()) {
    const left = columnLeft(index, batches.length, geometry)
    if (batch.status !== 'completed') hatch(context, palette, { left, width: geometry.columnPx, height: heightPx })
    if (batch.timeMs === picture.shownMs) {
      context.fillStyle = palette.shown
      context.fillRect(left, 0, geometry.columnPx, heightPx)
    }
    if (batch.timeMs === picture.shownMs || batch.timeMs === picture.hoveredMs) {
      context.strokeStyle = palette.shownEdge
      context.setLineDash([])
      context.lineWidth = batch.timeMs === picture.shownMs ? 1.5 : 1
      context.strokeRect(left + 0.5, 0.5, Math.max(1, geometry.columnPx - 1), heightPx - 1)
    }
  }
}

function hatch(
  context: Context,
  palette: StripPalette,
  column: { readonly left: number; readonly width: number; readonly height: number },
): void {
  context.save()
  context.beginPath()
  context.rect(column.left, 0, column.width, column.height)
  context.clip()
  context.strokeStyle = palette.hatch
  context.lineWidth = 1
  context.setLineDash([])
  context.beginPath()
  for (let y = 0; y < column.height + column.width; y += 5) {
    context.moveTo(column.left, y)
    context.lineTo(column.left + column.width, y - column.width)
  }
  context.stroke()
  context.restore()
}

function drawRow(context: Context, picture: StripPicture, palette: StripPalette, timeline: Timeline, box: Box): void {
  const { batches, geometry, tops } = picture
  const height = box.bottom - box.top
  const top = timeline === 'inputRate' ? tops.rate : tops.ms
  const plotPx = geometry.columns * geometry.columnPx
  context.fillStyle = palette.grid
  context.fillRect(0, box.bottom, plotPx, 1)
  const width = Math.max(1, geometry.columnPx - (geometry.columnPx > 4 ? 2 : 1))
  for (const [index, batch] of batches.entries()) {
    const figure = figureOf(timeline, batch)
    if (figure === undefined) continue
    const bar = figure === 0 ? 0 : Math.max(1, (figure / top) * height)
    context.fillStyle = batch.failed > 0 ? palette.danger : palette[colours[timeline]]
    context.fillRect(columnLeft(index, batches.length, geometry) + 1, box.bottom - bar, width, bar)
  }
  if (timeline === 'processingTime' && picture.batchMs <= top) {
    const y = Math.round(box.bottom - (picture.batchMs / top) * height) + 0.5
    context.strokeStyle = palette.text
    context.lineWidth = 1
    context.setLineDash([4, 3])
    context.beginPath()
    context.moveTo(0, y)
    context.lineTo(plotPx, y)
    context.stroke()
    context.setLineDash([])
  }
}

/** Ten bins on the row's own scale, batches to the right. */
function drawHistogram(
  context: Context,
  picture: StripPicture,
  palette: StripPalette,
  timeline: Timeline,
  box: Box,
): void {
  const top = timeline === 'inputRate' ? picture.tops.rate : picture.tops.ms
  const counts = histogram(figuresOf(timeline, picture.retained), top)
  const left = picture.widthPx - HISTOGRAM_PX + GAP_PX
  const binPx = (box.bottom - box.top) / counts.length
  context.fillStyle = palette.grid
  context.fillRect(left - 1, box.top, 1, box.bottom - box.top)
  context.fillRect(left, box.bottom, HISTOGRAM_PX - GAP_PX, 1)
  context.fillStyle = palette[colours[timeline]]
  for (const [bin, count] of counts.entries()) {
    // The scale is shared by all histograms: every retained batch.
    const bar = picture.retained.length === 0 ? 0 : (count / picture.retained.length) * (HISTOGRAM_PX - GAP_PX)
    if (count === 0) continue
    const y = box.bottom - (bin + 1) * binPx
    context.fillRect(left, y + 0.25, Math.max(2, bar), Math.max(1, binPx - 0.5))
  }
}

/** What colour alone may not say: a cross over failed batches, a ring over batches that ran again after a recovery, a wedge where something was lost. */
function drawMarks(context: Context, picture: StripPicture, palette: StripPalette): void {
  const { batches, geometry } = picture
  const size = Math.min(7, Math.max(4, geometry.columnPx - 1)) / 2
  context.setLineDash([])
  context.lineWidth = 1.5
  for (const [index, batch] of batches.entries()) {
    const x = columnLeft(index, batches.length, geometry) + geometry.columnPx / 2
    if (batch.failed > 0) {
      context.strokeStyle = palette.danger
      context.beginPath()
      context.moveTo(x - size, 5 - size)
      context.lineTo(x + size, 5 + size)
      context.moveTo(x + size, 5 - size)
      context.lineTo(x - size, 5 + size)
      context.stroke()
    }
    if (batch.recovered) {
      context.strokeStyle = palette.warning
      context.beginPath()
      context.arc(x, batch.failed > 0 ? 16 : 5, size, 0, 2 * Math.PI)
      context.stroke()
    }
    if (picture.struckMs.has(batch.timeMs)) {
      const y = 5 + (batch.failed > 0 ? 11 : 0) + (batch.recovered ? 11 : 0)
      context.fillStyle = palette.danger
      context.beginPath()
      context.moveTo(x - 4, y - 4)
      context.lineTo(x + 4, y - 4)
      context.lineTo(x, y + 5)
      context.fill()
    }
  }
}
