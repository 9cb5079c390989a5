import type { Combine } from '#engine/operator/stream-spec.ts'
import type { Shipment } from '#engine/runtime/executor/rdds/rdd.ts'
import { inSlotOrder } from '#engine/runtime/executor/window/combine-pane.ts'
import { sumsOf } from '#engine/runtime/executor/window/folding.ts'
import type { PairColumns } from '#engine/runtime/executor/window/pair-columns.ts'
import type { PackedPairs } from './packed-pairs.ts'
import { PackedShipment } from './packed-shipment.ts'

/** What the shuffle makes of what arrived for a partition, as computeShuffled would give it, where all of it was summed up with one table;
 *  undefined where it was not. */
export function combinePacked(to: number, shipments: readonly Shipment[], combine: Combine): PairColumns | undefined {
  if (combine.kind !== 'reduce' || combine.fn.known !== 'sum') return undefined
  const lists: PackedPairs[] = []
  for (const shipment of shipments) {
    if (shipment.to !== to) continue
    if (!(shipment instanceof PackedShipment)) return undefined
    lists.push(shipment.packed)
  }
  const [first, ...others] = lists
  if (first === undefined || others.some(({ keys }) => keys !== first.keys)) return undefined
  const sums = others.length === 0 ? first : sumsOf(lists, first.keys)
  return sums && inSlotOrder(first.keys, sums)
}
