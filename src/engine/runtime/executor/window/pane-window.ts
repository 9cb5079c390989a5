import type { KeyIndex } from '#engine/record/key-index.ts'
import { KeyOrder } from './key-order.ts'
import { PairColumns } from './pair-columns.ts'

/** A pane in its window. Panes are numbered as they come. */
interface Pane {
  readonly columns: PairColumns
  readonly values: Float64Array
  /** What `admits` said of it. */
  readonly most: number
  /** Two for each place, where its key comes next: the number of a later pane, or 0, and the place in it. */
  readonly links: Int32Array
  /** A bit per place: the key is in no older pane of the window. */
  readonly firsts: Int32Array
  firstCount: number
  /** What the pane and all after it come to for a key, see ExtremeWindow. */
  suffixes?: Float64Array
}

/** The panes of a window that slides: what enters and what leaves is all that is looked at. Gives what reducing all panes anew would give, in the same order,
 *  for reductions and numbers where it does not matter how they are put together.
 *  A cache: it follows from the panes alone and is made again from them when it does not fit.
 *  Keeps: 8 bytes and a bit per pair of a pane, 16 bytes per key of the index */
export abstract class PaneWindow {
  protected readonly index: KeyIndex
  protected readonly panes: Pane[] = []
  /** Of each pane. */
  private readonly links: Int32Array[] = []
  /** The number of the pane to come. */
  protected next = 1
  /** The newest pane with a key, by id; older than the window or 0: none. */
  protected newest = new Int32Array(0)
  /** What the window comes to, by id. */
  protected results = new Float64Array(0)
  private places = new Int32Array(0)

  constructor(index: KeyIndex) {
    this.index = index
  }

  /** So many panes leave, and these enter. false: it cannot, and is of no use any more. */
  slide(leaving: number, entering: readonly PairColumns[]): boolean {
    for (let left = leaving; left > 0; left--) this.shift()
    return entering.every((columns) => this.push(columns))
  }

  /** The pairs of the window, in slot order. */
  pairs(): PairColumns {
    const order = new KeyOrder(this.index, this.keys()).inserted()
    const { results } = this
    const values = new Float64Array(order.ids.length)
    for (let place = 0; place < values.length; place++) values[place] = results[order.ids[place] ?? 0] ?? 0
    return new PairColumns(order, values)
  }

  /** How far from 0 a pane's numbers are at most; undefined where they cannot be put together in any way. */
  protected abstract admits(values: Float64Array): number | undefined
  protected abstract enter(pane: Pane): void
  protected abstract leave(pane: Pane): void
  /** A key of the window, where it comes first. */
  protected abstract settle(pane: Pane, place: number, id: number): void

  /** The number of the oldest pane. */
  protected get head(): number {
    return this.next - this.panes.length
  }

  private push(columns: PairColumns): boolean {
    const { values } = columns
    const most = values instanceof Float64Array ? this.admits(values) : undefined
    if (!(values instanceof Float64Array) || most === undefined) return false
    const { ids } = columns.order
    const pane: Pane = {
      columns,
      values,
      most,
      links: new Int32Array(2 * ids.length),
      firsts: new Int32Array((ids.length + 31) >> 5),
      firstCount: 0,
    }
    this.grow()
    this.enter(pane)
    this.link(pane)
    this.panes.push(pane)
    this.links.push(pane.links)
    this.next += 1
    return true
  }

  /** Has the pane before it with the same key lead to the new one, for each key. */
  private link(pane: Pane): void {
    const { newest, places, links, head, next } = this
    const { ids } = pane.columns.order
    for (let place = 0; place < ids.length; place++) {
      const id = ids[place] ?? 0
      const before = newest[id] ?? 0
      const older = before < head ? undefined : links[before - head]
      if (older === undefined) mark(pane, place)
      else {
        const at = 2 * (places[id] ?? 0)
        older[at] = next
        older[at + 1] = place
      }
      newest[id] = next
      places[id] = place
    }
  }

  private shift(): void {
    const [pane] = this.panes
    if (pane === undefined) return
    this.leave(pane)
    const { head } = this
    const { links } = pane
    for (let at = 0; at < links.length; at += 2) {
      const number = links[at] ?? 0
      const later = number === 0 ? undefined : this.panes[number - head]
      if (later !== undefined) mark(later, links[at + 1] ?? 0)
    }
    this.panes.shift()
    this.links.shift()
  }

  /** The ids of the window's keys in order of first arrival. */
  private keys(): Int32Array {
    const keys = new Int32Array(this.panes.reduce((sum, { firstCount }) => sum + firstCount, 0))
    let count = 0
    for (const pane of this.panes) {
      if (pane.firstCount === 0) continue
      const { ids } = pane.columns.order
      for (let word = 0; word < pane.firsts.length; word++) {
        for (let bits = pane.firsts[word] ?? 0; bits !== 0; bits &= bits - 1) {
          const place = (word << 5) + (31 - Math.clz32(bits & -bits))
          const id = ids[place] ?? 0
          keys[count++] = id
          this.settle(pane, place, id)
        }
      }
    }
    return keys
  }

  private grow(): void {
    const { capacity } = this.index
    if (capacity <= this.newest.length) return
    this.newest = grown(this.newest, new Int32Array(2 * capacity))
    this.places = grown(this.places, new Int32Array(2 * capacity))
    this.results = grown(this.results, new Float64Array(2 * capacity))
  }
}

function mark(pane: Pane, place: number): void {
  pane.firsts[place >> 5] = (pane.firsts[place >> 5] ?? 0) | (1 << (place & 31))
  pane.firstCount += 1
}

function grown<Column extends Int32Array | Float64Array>(from: Column, to: Column): Column {
  to.set(from)
  return to
}

/** Sums of integers that stay so small that no sum of some of them is rounded: what leaves is subtracted. */
export class SumWindow extends PaneWindow {
  /** No sum is beyond this. */
  private bound = 0

  protected override admits(values: Float64Array): number | undefined {
    let most = 0
    for (let place = 0; place < values.length; place++) {
      const value = values[place] ?? 0
      // -0 is kept by some sums and not by others.
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) return undefined
      most = Math.max(most, Math.abs(value))
    }
    return this.bound + most <= Number.MAX_SAFE_INTEGER ? most : undefined
  }

  protected override enter({ columns, values, most }: Pane): void {
    this.bound += most
    const { results } = this
    const { ids } = columns.order
    for (let place = 0; place < ids.length; place++) {
      const id = ids[place] ?? 0
      results[id] = (results[id] ?? 0) + (values[place] ?? 0)
    }
  }

  protected override leave({ columns, values, most }: Pane): void {
    this.bound -= most
    const { results } = this
    const { ids } = columns.order
    for (let place = 0; place < ids.length; place++) {
      const id = ids[place] ?? 0
      results[id] = (results[id] ?? 0) - (values[place] ?? 0)
    }
  }

  protected override settle(): void {}
}

/** The largest or the smallest numbers: two stacks. Of the older panes it is known what each and those after it come to, of the newer ones what they
 *  come to together; when the last of the older ones leaves, the newer ones become older ones. */
export class ExtremeWindow extends PaneWindow {
  private readonly better: (a: number, b: number) => number
  /** Panes from this number on are the newer ones. */
  private since = 1
  /** What the newer ones come to, by id; of keys that are in one of them. */
  private newer = new Float64Array(0)

  constructor(index: KeyIndex, kind: 'max' | 'min') {
    super(index)
    this.better = kind === 'max' ? (a, b) => (a > b ? a : b) : (a, b) => (a < b ? a : b)
  }

  /** Not NaN, nor -0: functions differ in what they make of them. */
  protected override admits(values: Float64Array): number | undefined {
    return values.every((value) => !Number.isNaN(value) && !Object.is(value, -0)) ? 0 : undefined
  }

  protected override enter({ columns, values }: Pane): void {
    const { newest, since, better } = this
    if (newest.length > this.newer.length) this.newer = grown(this.newer, new Float64Array(newest.length))
    const { newer } = this
    const { ids } = columns.order
    for (let place = 0; place < ids.length; place++) {
      const id = ids[place] ?? 0
      const value = values[place] ?? 0
      newer[id] = (newest[id] ?? 0) < since ? value : better(newer[id] ?? 0, value)
    }
  }

  protected override leave(): void {
    if (this.head < this.since) return
    const { head, better } = this
    for (let at = this.panes.length - 1; at >= 0; at--) {
      const pane = this.panes[at]
      if (pane === undefined) continue
      const { values, links } = pane
      const suffixes = values.slice()
      for (let place = 0; place < values.length; place++) {
        const number = links[2 * place] ?? 0
        const rest = number === 0 ? undefined : this.panes[number - head]?.suffixes?.[links[2 * place + 1] ?? 0]
        if (rest !== undefined) suffixes[place] = better(suffixes[place] ?? 0, rest)
      }
      pane.suffixes = suffixes
    }
    this.since = this.next
  }

  protected override settle({ suffixes }: Pane, place: number, id: number): void {
    const older = suffixes?.[place]
    const newer = (this.newest[id] ?? 0) < this.since ? undefined : this.newer[id]
    this.results[id] = older === undefined ? (newer ?? 0) : newer === undefined ? older : this.better(older, newer)
  }
}
