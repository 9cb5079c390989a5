import { FAR_ZOOM } from '#ui/canvas/canvas-view.ts'
import type { Box } from '#ui/canvas/layout/geometry.ts'
import { watchTheme } from '#ui/theme/watch-theme.ts'
import { FigurePen } from './figure-pen.ts'
import type { FigureSheet, SheetEntry } from './figure-sheet.ts'
import { NodeCover, type StackedNode } from './node-cover.ts'

/** Pixels of the screen for each canvas unit, below which a figure is three pixels high and cannot be read: none is drawn. */
const FIGURES_SCALE = 0.25

/** The graph as it is on the screen. */
export interface SheetView {
  /** Offset in CSS pixels and zoom. */
  readonly transform: readonly [number, number, number]
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  /** Another object whenever a node has moved. */
  readonly nodes: unknown
  readonly nodeLookup: ReadonlyMap<string, FlowPlace>
}

interface FlowPlace {
  readonly internals: { readonly positionAbsolute: { readonly x: number; readonly y: number }; readonly z: number }
}

export interface SheetSource {
  getState(): SheetView
  subscribe(listener: (now: SheetView, before: SheetView) => void): () => void
}

/** Draws the figures of a sheet on a canvas that lies among what moves with the graph. */
export class SheetPainter {
  readonly #sheet: FigureSheet
  readonly #source: SheetSource
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #pen: FigurePen
  #cover: NodeCover | undefined
  #inks: Inks | undefined

  constructor(sheet: FigureSheet, source: SheetSource, canvas: HTMLCanvasElement, context: CanvasRenderingContext2D) {
    this.#sheet = sheet
    this.#source = source
    this.#canvas = canvas
    this.#context = context
    this.#pen = new FigurePen(context)
  }

  /** Draws when figures, view, nodes or theme change, until the returned function is called. */
  start(): () => void {
    const stopSheet = this.#sheet.attach(() => this.draw())
    const stopTheme = watchTheme(() => {
      this.#inks = undefined
      this.#sheet.later()
    })
    const stopSource = this.#source.subscribe((now, before) => {
      if (now.nodes !== before.nodes) this.#uncover()
      else if (now.transform === before.transform && now.width === before.width && now.height === before.height) return
      this.#sheet.later()
    })
    this.#uncover()
    return () => {
      stopSource()
      stopTheme()
      stopSheet()
    }
  }

  #uncover(): void {
    this.#cover = undefined
    for (const entry of this.#sheet.entries) entry.above = undefined
  }

  /** Draws all figures anew. */
  draw(): void {
    const view = this.#source.getState()
    const canvas = this.#canvas
    const context = this.#context
    const pen = this.#pen
    const [x, y, zoom] = view.transform
    const ratio = window.devicePixelRatio
    const scale = zoom * ratio
    this.#sheet.isLegible = scale >= FIGURES_SCALE
    canvas.hidden = !this.#sheet.isLegible
    if (canvas.hidden) return
    this.#inks ??= readInks(canvas)
    const inks = this.#inks
    const boxes = this.#boxesIn(view, zoom < FAR_ZOOM)
    clear(canvas, context, pen, view)
    context.setTransform(scale, 0, 0, scale, x * ratio, y * ratio)
    // The graph's own transform is undone, and what is drawn stays with the graph until the next drawing.
    canvas.style.transform = `translate(${-x / zoom}px, ${-y / zoom}px) scale(${1 / zoom})`
    for (const { entry, text, box } of boxes) {
      const ink = inkOf(entry, inks)
      const isOnEdge = entry.spot.node === undefined
      const line = {
        x: isOnEdge ? box.x + box.width / 2 : box.x + box.width,
        top: box.y,
        height: box.height,
        align: isOnEdge ? ('center' as const) : ('right' as const),
      }
      const above = this.#above(entry, box, view)
      if (above.length === 0) pen.write(text, ink, line)
      else writeBeside(context, pen, above, () => pen.write(text, ink, line))
    }
  }

  /** The figures in sight, in canvas units. Measures first what has to be, so that the page is laid out once at most. */
  #boxesIn(view: SheetView, isFar: boolean): { entry: SheetEntry; text: string; box: Box }[] {
    const [x, y, zoom] = view.transform
    const sight = { left: -x / zoom, top: -y / zoom, right: (view.width - x) / zoom, bottom: (view.height - y) / zoom }
    const found = []
    for (const entry of this.#sheet.entries) {
      const { spot, figure } = entry
      if (figure?.count === undefined || (isFar && spot.node === undefined)) continue
      entry.box ??= spot.measure()
      const corner = spot.node === undefined ? ORIGIN : view.nodeLookup.get(spot.node)?.internals.positionAbsolute
      if (corner === undefined) continue
      const box = { ...entry.box, x: entry.box.x + corner.x, y: entry.box.y + corner.y }
      if (box.x > sight.right || box.x + box.width < sight.left) continue
      if (box.y > sight.bottom || box.y + box.height < sight.top) continue
      found.push({ entry, text: figure.text, box })
    }
    return found
  }

  #above(entry: SheetEntry, box: Box, view: SheetView): readonly Box[] {
    this.#cover ??= new NodeCover(stackOf(view))
    entry.above ??= this.#cover.above(box, entry.spot.node)
    return entry.above
  }
}

const ORIGIN = { x: 0, y: 0 }

function* stackOf({ nodeLookup }: SheetView): Iterable<StackedNode> {
  for (const [id, { internals }] of nodeLookup) {
    yield { id, x: internals.positionAbsolute.x, y: internals.positionAbsolute.y, z: internals.z }
  }
}

/** Makes the drawing as large as the view and empty. */
function clear(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, pen: FigurePen, view: SheetView): void {
  const width = Math.round(view.width * window.devicePixelRatio)
  const height = Math.round(view.height * window.devicePixelRatio)
  if (canvas.width === width && canvas.height === height) {
    context.resetTransform()
    context.clearRect(0, 0, width, height)
    return
  }
  canvas.width = width
  canvas.height = height
  canvas.style.width = `${width / window.devicePixelRatio}px`
  canvas.style.height = `${height / window.devicePixelRatio}px`
  pen.forget()
}

/** Leaves out what lies under `above`. */
function writeBeside(
  context: CanvasRenderingContext2D,
  pen: FigurePen,
  above: readonly Box[],
  write: () => void,
): void {
  context.save()
  for (const { x, y, width, height } of above) {
    const outside = new Path2D()
    outside.rect(-1e6, -1e6, 2e6, 2e6)
    outside.rect(x, y, width, height)
    context.clip(outside, 'evenodd')
  }
  write()
  context.restore()
  pen.forget()
}

interface Inks {
  readonly strong: string
  readonly plain: string
  readonly text: string
  readonly muted: string
  readonly faint: string
}

/** Fonts and colours of the theme: a drawing does not follow the theme by itself. */
function readInks(canvas: HTMLCanvasElement): Inks {
  const style = getComputedStyle(canvas)
  const font = `${style.fontSize} ${style.fontFamily}`
  const colour = (name: string) => style.getPropertyValue(`--text${name}`).trim()
  return {
    strong: `600 ${font}`,
    plain: `400 ${font}`,
    text: colour(''),
    muted: colour('-muted'),
    faint: colour('-faint'),
  }
}

function inkOf({ spot, figure, isMarked }: SheetEntry, inks: Inks): { font: string; colour: string } {
  const isEmpty = !figure?.count
  if (isEmpty) return { font: inks.plain, colour: isMarked ? inks.text : inks.faint }
  if (spot.node !== undefined) return { font: inks.strong, colour: inks.text }
  return { font: inks.plain, colour: isMarked ? inks.text : inks.muted }
}
