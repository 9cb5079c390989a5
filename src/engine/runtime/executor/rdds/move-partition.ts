import { retainKey } from '#engine/record/retain-key.ts'
import { isPair } from '#engine/runtime/executor/compute/kernel.ts'
import { KeptPartitions } from '#engine/runtime/executor/state/past-states.ts'
import { keysOf, printMapped, printWhole, restorePartition } from '#engine/runtime/executor/state/saved-partition.ts'
import { recordsOf } from '#engine/runtime/executor/window/pair-columns.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { Payload } from '#engine/runtime/wire.ts'
import type { Rdd, Records } from './rdd.ts'

/** All that an executor has of one partition, on its way to another executor or staying where it is. */
export interface Freight {
  readonly head: FreightHead
  /** What is kept, if anything is, then one list for each shipment. */
  readonly lists: readonly Records[]
}

/** What says how to read the lists. */
export interface FreightHead {
  readonly rdd: RddId
  readonly partition: number
  /** The driver has what is kept. */
  readonly saved: boolean
  readonly payload?: Payload
  /** `stored`: the texts of a saved partition stand for the records. */
  readonly kept: 'none' | 'records' | 'stored'
  readonly shipments: readonly { readonly place: number; readonly from: number }[]
}

/** What is here of an RDD, by partition. `travels`: whether this partition goes to another executor.
 *  Fails: RecordError, for states that hold something that is no record */
export function freightOf(rdd: Rdd, travels: (partition: number) => boolean): readonly Freight[] {
  const partitions = new Set([...rdd.payloads.keys(), ...(rdd.kept?.keys() ?? [])])
  for (const shipments of rdd.exchanged.values()) for (const { to } of shipments) partitions.add(to)
  return [...partitions].map((partition) => freight(rdd, partition, travels(partition)))
}

function freight(rdd: Rdd, partition: number, travels: boolean): Freight {
  const { kind } = rdd.stream.spec
  const held = rdd.kept?.get(partition)
  const kept = held && recordsOf(held)
  const payload = rdd.payloads.get(partition)
  const isStored = travels && kind === 'mapWithState' && kept !== undefined
  const shipments = [...rdd.exchanged].flatMap(([place, all]) =>
    all.filter(({ to }) => to === partition).map(({ from, records }) => ({ place, from, records })),
  )
  const lists = shipments.map(({ records }) => records)
  if (kept !== undefined) lists.unshift(isStored ? [printWhole(kind, kept), printMapped(kept)] : kept)
  return {
    head: {
      rdd: rdd.spec.id,
      partition,
      saved: rdd.saved.has(partition),
      ...(payload === undefined ? {} : { payload }),
      kept: kept === undefined ? 'none' : isStored ? 'stored' : 'records',
      shipments: shipments.map(({ place, from }) => ({ place, from })),
    },
    lists,
  }
}

/** Records that are here of an RDD. */
export function weighRdd(rdd: Rdd): number {
  const partitions = new Set([...rdd.payloads.keys(), ...(rdd.kept?.keys() ?? [])])
  let size = 0
  for (const partition of partitions) size += sizeOf(rdd, partition)
  for (const shipments of rdd.exchanged.values()) for (const { records } of shipments) size += records.length
  return size
}

/** What is kept, or else what came from the driver. */
function sizeOf(rdd: Rdd, partition: number): number {
  const kept = rdd.kept?.get(partition)
  if (kept !== undefined) return keysOf(rdd.stream.spec.kind, kept)
  const payload = rdd.payloads.get(partition)
  if (payload === undefined) return 0
  return 'count' in payload ? payload.count : 1
}

/** An RDD that is laid out anew, and what came from the driver for it. */
export interface Arrival {
  readonly rdd: Rdd
  readonly payloads: Map<number, Payload>
}

/** Puts a partition where it belongs from now on. */
export function unload(
  { shipments, kept, ...head }: FreightHead,
  lists: readonly Records[],
  { rdd, payloads }: Arrival,
  how: 'travelled' | 'stayed',
): void {
  const { partition } = head
  if (head.payload !== undefined) payloads.set(partition, head.payload)
  if (kept !== 'none') {
    rdd.kept ??= new KeptPartitions()
    rdd.kept.set(partition, keptOf(kept, lists[0] ?? [], rdd, how))
  }
  if (head.saved) rdd.saved.add(partition)
  const from = kept === 'none' ? 0 : 1
  for (const [index, { place, from: origin }] of shipments.entries()) {
    const before = rdd.exchanged.get(place) ?? []
    const shipment = { from: origin, to: partition, records: lists[from + index] ?? [] }
    const all = [...before, shipment]
    rdd.exchanged.set(
      place,
      all.sort((a, b) => a.to - b.to || a.from - b.from),
    )
  }
}

function keptOf(kept: 'records' | 'stored', list: Records, rdd: Rdd, how: 'travelled' | 'stayed'): Records {
  const { kind } = rdd.stream.spec
  if (kept === 'stored') {
    const [whole, mapped] = list
    return restorePartition(kind, { kind: 'saved', texts: [String(whole)], mapped: String(mapped) })
  }
  if (how === 'stayed' || (kind !== 'state' && kind !== 'reducedWindow')) return list
  // What is kept for long must not hold on to all that travelled with it.
  return list.map((pair) => (isPair(pair) ? [retainKey(pair[0]), pair[1]] : pair))
}
