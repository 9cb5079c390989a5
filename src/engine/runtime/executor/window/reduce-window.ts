import { invariant } from '#engine/model/invariant.ts'
import type { KnownFunction } from '#engine/operator/function-ref.ts'
import type { KeyIndex } from '#engine/record/key-index.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import { parentAt, type Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import { inSlotOrder } from './combine-pane.ts'
import { type Folded, Folding, type Reduce, sumsOf } from './folding.ts'
import { heldByColumn } from './held-by-column.ts'
import { PairColumns } from './pair-columns.ts'
import { ExtremeWindow, type PaneWindow, SumWindow } from './pane-window.ts'
import type { WindowCache } from './window-store.ts'

/** A window's panes reduced by key, where all is kept by column; undefined where it is not: then nothing has been called.
 *  A function that is known, on numbers that may be put together in any way, is not called, and only what enters and leaves is looked at. Any
 *  other one is called as combining the windowed records would call it.
 *  `windowed`: the RDD between the panes and `rdd`, partitioned as they are */
export function reduceWindow(
  rdd: Rdd,
  windowed: Rdd,
  partition: number,
  evaluation: Evaluation,
  reduce: Reduce,
): PairColumns | undefined {
  const { windows, straggler } = evaluation.tools
  const { spec, id: stream } = rdd.stream
  invariant(spec.kind === 'shuffled' && spec.combine.kind === 'reduce', 'panes are reduced')
  const [oldest] = windowed.parents
  const store = oldest === undefined ? undefined : windows.panesOf(oldest.stream.id, partition)
  if (store === undefined) return undefined
  straggler.delay(windowed, partition)
  const cache = cacheOf(store.windows, stream)
  const panes = panesOf(windowed, partition, cache, store.index, evaluation)
  if (panes === undefined) return undefined
  const { known } = spec.combine.fn
  const pairs =
    slide(cache, panes, known, store.index) ?? inSlotOrder(store.index, anew(panes.all, known, store.index, reduce))
  store.tidy(pairs.length)
  return pairs
}

interface Panes {
  readonly all: readonly PairColumns[]
  /** How many there were before that are not among them; the others are the first of them. */
  readonly leaving: number
}

/** The panes of a window. Where executors were told what it has in common with the one before, that is not looked at again. */
function panesOf(
  windowed: Rdd,
  partition: number,
  cache: WindowCache,
  index: KeyIndex,
  evaluation: Evaluation,
): Panes | undefined {
  const { parents } = windowed
  const { body, id } = windowed.spec
  const follows = body.kind === 'slid' && body.previous === cache.of && cache.index === index
  const leaving = follows ? Math.min(body.leaving, cache.panes.length) : 0
  const all = follows ? cache.panes.slice(leaving) : []
  let isEach = true
  for (let place = all.length; place < parents.length; place++) {
    const parent = parentAt(windowed, place)
    if (parent.owners.length === 0) {
      isEach = false
      continue
    }
    const pane = heldByColumn(parent, partition, index, evaluation)
    if (!(pane instanceof PairColumns)) return undefined
    all.push(pane)
  }
  cache.of = isEach ? id : undefined
  cache.index = index
  return { all, leaving: follows ? leaving : overlap(cache.panes, all) }
}

/** How many panes leave when a window over `before` becomes one over `after`: all, where it is none that goes on from it. */
function overlap(before: readonly PairColumns[], after: readonly PairColumns[]): number {
  const [oldest] = after
  const leaving = oldest === undefined ? -1 : before.indexOf(oldest)
  const goesOn = leaving >= 0 && before.length - leaving <= after.length
  return goesOn && before.every((pane, at) => at < leaving || pane === after[at - leaving]) ? leaving : before.length
}

/** The window by all that is in it. */
function anew(
  panes: readonly PairColumns[],
  known: KnownFunction | undefined,
  index: KeyIndex,
  reduce: Reduce,
): Folded {
  const lists = panes.map(({ order: { ids }, values }) => ({ ids, values }))
  const sums = known === 'sum' ? sumsOf(lists, index) : undefined
  if (sums !== undefined) return sums
  const folding = new Folding(index, reduce)
  for (const list of lists) folding.take(list)
  return folding.folded()
}

/** The window by what entered and left since the last one; undefined where that cannot be said, or hardly anything stayed. */
function slide(
  cache: WindowCache,
  { all, leaving }: Panes,
  known: KnownFunction | undefined,
  index: KeyIndex,
): PairColumns | undefined {
  const staying = cache.panes.length - leaving
  cache.panes = all
  if (cache.isRefused) return undefined
  if (2 * staying < all.length) {
    cache.window = undefined
    return undefined
  }
  const fresh = cache.window === undefined
  cache.window ??= windowFor(known, index)
  if (cache.window?.slide(fresh ? 0 : leaving, fresh ? all : all.slice(staying)) === true) return cache.window.pairs()
  cache.window = undefined
  cache.isRefused = true
  return undefined
}

function windowFor(known: KnownFunction | undefined, index: KeyIndex): PaneWindow | undefined {
  if (known === 'sum') return new SumWindow(index)
  return known === 'max' || known === 'min' ? new ExtremeWindow(index, known) : undefined
}

function cacheOf<Key>(caches: Map<Key, WindowCache>, of: Key): WindowCache {
  const found = caches.get(of) ?? { of: undefined, panes: [], index: undefined, window: undefined, isRefused: false }
  caches.set(of, found)
  return found
}
