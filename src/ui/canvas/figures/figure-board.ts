import { findShownCount, NO_RDD, printCount } from '#ui/canvas/node/live-count.ts'
import type { RunStore } from '#ui/state/run-store.ts'
import type { SessionStore } from '#ui/state/session-store.ts'
import { formatNumber } from '#ui/words/words.ts'
import type { Figure } from './figure.ts'
import type { FigureSheet } from './figure-sheet.ts'

/** Figures that follow a run change at most this often: nobody reads faster. */
const EVERY_MS = 100
/** Two frames take this long when nothing holds them up. Where figures do, they rest many times as long, so that the page
 *  stays smooth. */
const TWO_FRAMES_MS = 34
const REST = 6
const AT_MOST_MS = 1000
/** What costs more than figures follows a run more slowly: words for assistive technology, which are read out one at a time,
 *  and how thick edges are, for which the page is painted anew. */
const SETTLE_EVERY_MS = 1000

/** One place that shows a figure. */
export interface FigurePlace {
  /** Owns what it changes on the page, if anything; the sheet is drawn after all places were told. */
  draw?(figure: Figure): void
  /** Gives it its words and what else may follow more slowly; at once for the first figure and for those of past batches. */
  settle?(figure: Figure): void
}

const NOTHING: Figure = { count: undefined, text: '' }

/** Tells the live figures of nodes and edges to their places, past React: hundreds of them change ten times a second, which is
 *  more than rendering can follow. */
export class FigureBoard {
  readonly #run: RunStore
  readonly #session: SessionStore
  readonly #sheet: FigureSheet
  readonly #places = new Map<string, Set<FigurePlace>>()
  readonly #drawn = new Map<string, Figure>()
  readonly #unsettled = new Set<string>()
  #drawnMs = Number.NEGATIVE_INFINITY
  #restMs = EVERY_MS
  #timer: ReturnType<typeof setTimeout> | undefined
  #frame: number | undefined
  #settling: ReturnType<typeof setTimeout> | undefined

  constructor(run: RunStore, session: SessionStore, sheet: FigureSheet) {
    this.#run = run
    this.#session = session
    this.#sheet = sheet
  }

  /** Follows the stores until the returned function is called. */
  start(): () => void {
    const stopRun = this.#run.subscribe((now, before) => {
      if (now.newest !== before.newest || now.data !== before.data) this.#later()
    })
    const stopSession = this.#session.subscribe((now, before) => {
      if (now.shownBatchMs !== before.shownBatchMs) this.#soon()
    })
    this.#soon()
    return () => {
      stopRun()
      stopSession()
      clearTimeout(this.#timer)
      clearTimeout(this.#settling)
      if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
      this.#timer = undefined
      this.#settling = undefined
      this.#frame = undefined
    }
  }

  /** Draws the figure of this node now, and again whenever it has changed. */
  watch(node: string, place: FigurePlace): () => void {
    const places = this.#places.get(node) ?? new Set()
    this.#places.set(node, places.add(place))
    const figure = this.#drawn.get(node) ?? this.#read(node)
    place.draw?.(figure)
    place.settle?.(figure)
    return () => {
      places.delete(place)
      if (places.size > 0) return
      this.#places.delete(node)
      this.#drawn.delete(node)
    }
  }

  #later(): void {
    if (this.#timer !== undefined) return
    const restMs = this.#sheet.isLegible ? this.#restMs : SETTLE_EVERY_MS
    this.#timer = setTimeout(() => this.#soon(), Math.max(0, this.#drawnMs + restMs - performance.now()))
  }

  #soon(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#frame ??= requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    this.#frame = undefined
    this.#drawnMs = performance.now()
    let drawn = false
    const isPast = this.#session.getState().shownBatchMs !== 'live'
    for (const [node, places] of this.#places) {
      const before = this.#drawn.get(node)
      const figure = this.#read(node, before)
      if (figure === before) continue
      const atOnce = isPast || before?.count === undefined
      for (const place of places) {
        place.draw?.(figure)
        if (atOnce) place.settle?.(figure)
      }
      drawn = true
      if (!atOnce) this.#unsettled.add(node)
    }
    if (!drawn) return
    this.#sheet.now()
    this.#settling ??= setTimeout(() => this.#settle(), SETTLE_EVERY_MS)
    // The second frame from now comes when this one has been painted.
    requestAnimationFrame(() =>
      requestAnimationFrame((nowMs) => {
        this.#restMs = Math.min(AT_MOST_MS, Math.max(EVERY_MS, REST * (nowMs - this.#drawnMs - TWO_FRAMES_MS)))
      }),
    )
  }

  #settle(): void {
    this.#settling = undefined
    for (const node of this.#unsettled) {
      const figure = this.#drawn.get(node)
      if (figure !== undefined) for (const place of this.#places.get(node) ?? []) place.settle?.(figure)
    }
    this.#unsettled.clear()
  }

  #read(node: string, before?: Figure): Figure {
    const count = findShownCount(this.#run.getState(), this.#session.getState().shownBatchMs, node)
    if (before !== undefined && before.count === count) return before
    const figure = count === undefined ? NOTHING : { count, text: print(count) }
    this.#drawn.set(node, figure)
    return figure
  }
}

function print(count: number | null): string {
  return count === null ? NO_RDD : printCount(count, formatNumber)
}
