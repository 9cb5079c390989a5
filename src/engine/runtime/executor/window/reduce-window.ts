import { invariant } from '#engine/model/invariant.ts'
import type { KnownFunction } from '#engine/operator/function-ref.ts'
import type { KeyIndex } from '#engine/record/key-index.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import type { Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import { inSlotOrder } from './combine-pane.ts'
import { type Folded, Folding, type Reduce, sumsOf } from './folding.ts'
import { heldByColumn } from './held-by-column.ts'
import { PairColumns } from './pair-columns.ts'
import { ExtremeWindow, overlap, type PaneWindow, SumWindow } from './pane-window.ts'
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
  const parents = windowed.parents.filter(({ owners }) => owners.length > 0)
  const [oldest] = parents
  const store = oldest === undefined ? undefined : windows.panesOf(oldest.stream.id, partition)
  if (store === undefined) return undefined
  straggler.delay(windowed, partition)
  const panes: PairColumns[] = []
  for (const parent of parents) {
    const pane = heldByColumn(parent, partition, store.index, evaluation)
    if (pane instanceof PairColumns) panes.push(pane)
  }
  if (panes.length < parents.length) return undefined
  const { known } = spec.combine.fn
  const pairs =
    slide(cacheOf(store.windows, stream), panes, known, store.index) ??
    inSlotOrder(store.index, anew(panes, known, store.index, reduce))
  store.tidy(pairs.length)
  return pairs
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
  panes: readonly PairColumns[],
  known: KnownFunction | undefined,
  index: KeyIndex,
): PairColumns | undefined {
  if (cache.isRefused) return undefined
  const staying = cache.panes.length - overlap(cache.panes, panes)
  cache.panes = panes
  if (2 * staying < panes.length) {
    cache.window = undefined
    return undefined
  }
  cache.window ??= windowFor(known, index)
  if (cache.window?.slideTo(panes) === true) return cache.window.pairs()
  cache.window = undefined
  cache.panes = []
  cache.isRefused = true
  return undefined
}

function windowFor(known: KnownFunction | undefined, index: KeyIndex): PaneWindow | undefined {
  if (known === 'sum') return new SumWindow(index)
  return known === 'max' || known === 'min' ? new ExtremeWindow(index, known) : undefined
}

function cacheOf<Key>(caches: Map<Key, WindowCache>, of: Key): WindowCache {
  const found = caches.get(of) ?? { panes: [], window: undefined, isRefused: false }
  caches.set(of, found)
  return found
}
