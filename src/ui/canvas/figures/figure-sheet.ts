import type { Box } from '#ui/canvas/layout/geometry.ts'
import type { Figure } from './figure.ts'

/** Where a figure stands. */
export interface Spot {
  /** The node that it stands on, whose corner its place is measured from; undefined: on an edge, below all nodes. */
  readonly node: string | undefined
  /** Its line, in canvas units; read again whenever `stale` was called. */
  measure(): Box
}

/** A figure on the sheet, for whoever put it there. */
export interface SheetFigure {
  /** To be seen with the next drawing. */
  show(figure: Figure): void
  /** Makes it stand out while the person is at it. */
  mark(isMarked: boolean): void
  /** Its place has changed, or may have. */
  stale(): void
  remove(): void
}

/** The same for the painter. */
export interface SheetEntry {
  readonly spot: Spot
  figure: Figure | undefined
  isMarked: boolean
  /** Undefined: to be measured. */
  box: Box | undefined
  /** The nodes that hide it; undefined: to be looked for. */
  above: readonly Box[] | undefined
}

/** The live figures of nodes and edges as one drawing: as text in the page they would be laid out and painted node by node, which
 *  costs many times as much. A drawing says nothing to assistive technology: whoever owns a figure has its words. */
export class FigureSheet {
  readonly entries = new Set<SheetEntry>()
  /** Whether the last drawing showed figures: from afar they cannot be read. */
  isLegible = true
  #draw: (() => void) | undefined
  #frame: number | undefined

  /** A figure at `spot`, empty so far. */
  add(spot: Spot): SheetFigure {
    const entry: SheetEntry = { spot, figure: undefined, isMarked: false, box: undefined, above: undefined }
    this.entries.add(entry)
    return {
      show: (figure) => {
        entry.figure = figure
      },
      mark: (isMarked) => {
        if (entry.isMarked === isMarked) return
        entry.isMarked = isMarked
        this.later()
      },
      stale: () => {
        entry.box = undefined
        entry.above = undefined
        this.later()
      },
      remove: () => {
        this.entries.delete(entry)
        this.later()
      },
    }
  }

  /** Has `draw` draw, until the returned function is called. */
  attach(draw: () => void): () => void {
    this.#draw = draw
    this.later()
    return () => {
      this.#forgetFrame()
      this.#draw = undefined
    }
  }

  /** Draws in this frame. */
  now(): void {
    this.#forgetFrame()
    this.#draw?.()
  }

  /** Draws once in the next frame, however often it is asked to. */
  later(): void {
    if (this.#draw !== undefined) this.#frame ??= requestAnimationFrame(() => this.now())
  }

  #forgetFrame(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    this.#frame = undefined
  }
}
