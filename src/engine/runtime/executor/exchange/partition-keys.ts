import { describeValue } from '#engine/record/describe.ts'
import { partitionOf } from '#engine/record/hash.ts'
import { isPair } from '#engine/runtime/executor/compute/kernel.ts'
import { type MapSide, PackedPairs } from '#engine/runtime/executor/packed/packed-pairs.ts'
import { PackedShipment } from '#engine/runtime/executor/packed/packed-shipment.ts'
import type { Records, Shipment } from '#engine/runtime/executor/rdds/rdd.ts'

/** The pairs of map partition `from`, bundled by the partition of their key.
 *  Fails: throws a TypeError for what is no pair, a RecordError for what cannot be a key */
export function shipPairs(from: number, pairs: MapSide, partitions: number): Shipment[] {
  if (pairs instanceof PackedPairs)
    return pairs
      .byPartition(partitions)
      .flatMap((part, to) => (part.length === 0 ? [] : [new PackedShipment(from, to, part)]))
  if (partitions === 1) {
    // Every text can be a key, and there is one place for it.
    for (const pair of pairs) if (typeof keyOf(pair) !== 'string') partitionOf(keyOf(pair), 1)
    return pairs.length === 0 ? [] : [{ from, to: 0, records: pairs }]
  }
  const buckets = new Map<number, unknown[]>()
  for (const pair of pairs) {
    const to = partitionOf(keyOf(pair), partitions)
    const bucket = buckets.get(to)
    if (bucket === undefined) buckets.set(to, [pair])
    else bucket.push(pair)
  }
  return [...buckets].map(([to, records]) => ({ from, to, records }))
}

function keyOf(pair: unknown): unknown {
  if (!isPair(pair)) throw new TypeError(`expected a pair [key, value], got ${describeValue(pair, 60)}`)
  return pair[0]
}

/** The records of one target partition, in order of origin. */
export function arrivedFor(to: number, shipments: readonly Shipment[]): readonly Records[] {
  return shipments.filter((shipment) => shipment.to === to).map((shipment) => shipment.records)
}
