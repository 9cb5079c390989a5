import type { KnownFunction } from '#engine/operator/function-ref.ts'
import type { Combine } from '#engine/operator/stream-spec.ts'
import type { Shipment } from '#engine/runtime/executor/rdds/rdd.ts'
import { inSlotOrder } from '#engine/runtime/executor/window/combine-pane.ts'
import { type Folded, Folding, type Reduce, sumsOf } from '#engine/runtime/executor/window/folding.ts'
import type { PairColumns } from '#engine/runtime/executor/window/pair-columns.ts'
import type { PackedPairs } from './packed-pairs.ts'
import { PackedShipment } from './packed-shipment.ts'
import type { TableKeys } from './table-keys.ts'

/** What the shuffle makes of what arrived for a partition, as computeShuffled would give it, where one table was used for all of it;
 *  undefined where it was not. */
export function combinePacked(
  to: number,
  shipments: readonly Shipment[],
  combine: Combine,
  reduce: Reduce,
): PairColumns | undefined {
  if (combine.kind !== 'reduce') return undefined
  const lists: PackedPairs[] = []
  for (const shipment of shipments) {
    if (shipment.to !== to) continue
    if (!(shipment instanceof PackedShipment)) return undefined
    lists.push(shipment.packed)
  }
  const [first, ...others] = lists
  if (first === undefined || others.some(({ keys }) => keys !== first.keys)) return undefined
  return inSlotOrder(first.keys, foldedOf(lists, first.keys, combine.fn.known, reduce))
}

function foldedOf(
  lists: readonly PackedPairs[],
  keys: TableKeys,
  known: KnownFunction | undefined,
  reduce: Reduce,
): Folded {
  const sums = known === 'sum' && lists.length > 1 ? sumsOf(lists, keys) : undefined
  if (sums !== undefined) return sums
  const folding = new Folding(keys, reduce)
  for (const list of lists) folding.take(list)
  return folding.folded()
}
