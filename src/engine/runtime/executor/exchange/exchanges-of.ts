import { invariant } from '#engine/model/invariant.ts'
import { repartitionTarget } from '#engine/rdd/random/repartition-target.ts'
import { runChain } from '#engine/runtime/executor/compute/run-chain.ts'
import { type MapSide, PackedPairs } from '#engine/runtime/executor/packed/packed-pairs.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import { ownPartitions, type Rdd, type Shipment } from '#engine/runtime/executor/rdds/rdd.ts'
import { shipPairs } from './partition-keys.ts'

/** One exchange that an RDD needs before it can be computed. */
export interface NeededExchange {
  readonly parent: Rdd
  /** The parent's place among the RDD's parents. */
  readonly place: number
  /** The own records of `parent`, bundled by target partition. */
  ship(parent: Rdd, evaluation: Evaluation): readonly Shipment[]
}

/** The exchanges of an RDD whose pairs must move to their keys' partitions; none where they lie there already.
 *  Source: Partitioner equality in combineByKey, CoGroupedRDD.getDependencies */
export function exchangesOf(rdd: Rdd): readonly NeededExchange[] {
  const { spec } = rdd.stream
  if (rdd.spec.body.kind === 'restored') return []
  if (spec.kind === 'shuffled') return movesOf(rdd, [0], mapSide(rdd))
  if (spec.kind === 'cogrouped')
    return movesOf(rdd, rdd.parents.keys(), (parent, evaluation) => shipAll(parent, rdd, evaluation))
  if (spec.kind === 'repartitioned') {
    return rdd.parents.map((parent, place) => ({
      parent,
      place,
      ship: (from, evaluation) => shipRoundRobin(from, rdd, evaluation),
    }))
  }
  if (rdd.spec.body.kind === 'state' || rdd.spec.body.kind === 'mapWithState') {
    // The parent stands after the previous state, when there is one.
    const place = rdd.spec.body.previous === undefined ? 0 : 1
    return movesOf(rdd, rdd.spec.body.parent === undefined ? [] : [place], (parent, evaluation) =>
      shipAll(parent, rdd, evaluation),
    )
  }
  return []
}

function movesOf(rdd: Rdd, places: Iterable<number>, ship: NeededExchange['ship']): readonly NeededExchange[] {
  const moves: NeededExchange[] = []
  for (const place of places) {
    const parent = rdd.parents[place]
    if (parent !== undefined && parent.partitioner !== rdd.partitioner) moves.push({ parent, place, ship })
  }
  return moves
}

function shipAll(parent: Rdd, rdd: Rdd, evaluation: Evaluation): readonly Shipment[] {
  return [...evaluation.records(parent)].flatMap(([from, records]) => shipPairs(from, records, rdd.owners.length))
}

/** Source: RDD.coalesce with shuffle; dstream-semantics §10.3 */
function shipRoundRobin(parent: Rdd, rdd: Rdd, evaluation: Evaluation): readonly Shipment[] {
  const partitions = rdd.owners.length
  return [...evaluation.records(parent)].flatMap(([from, records]) => {
    const buckets: unknown[][] = Array.from({ length: partitions }, () => [])
    const target = repartitionTarget(from, partitions)
    records.forEach((record, index) => {
      buckets[target(index)]?.push(record)
    })
    return buckets.map((bucket, to) => ({ from, to, records: bucket }))
  })
}

/** The map side of a shuffle: combined per map partition before it travels. */
function mapSide(rdd: Rdd): NeededExchange['ship'] {
  return (parent, evaluation) => {
    const own = ownPartitions(parent, evaluation.tools.executor)
    return own.flatMap((from) => shipPairs(from, combineMapSide(rdd, parent, from, evaluation), rdd.owners.length))
  }
}

/** One map partition of a shuffle's parent, combined by key where the map side combines: pairs in order of first arrival. */
export function combineMapSide(rdd: Rdd, parent: Rdd, partition: number, evaluation: Evaluation): MapSide {
  const { plan, order } = evaluation.tools
  const chain = plan.combineChain(rdd.stream.id, order.traced || parent.kept?.has(partition) === true)
  const result = runChain(chain, parent, partition, evaluation)
  invariant(Array.isArray(result) || result instanceof PackedPairs, 'a combining loop gives pairs')
  return result
}
