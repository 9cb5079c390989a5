import { invariant } from '#engine/model/invariant.ts'
import type { StreamKind, StreamSpec } from '#engine/operator/stream-spec.ts'
import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import { arrivedFor } from '#engine/runtime/executor/exchange/partition-keys.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import { parentAt, type Rdd, type Records } from '#engine/runtime/executor/rdds/rdd.ts'
import type { Held } from '#engine/runtime/executor/window/pair-columns.ts'
import type { RddBody } from '#engine/runtime/rdd-spec.ts'
import { computeCogrouped } from './compute-cogrouped.ts'
import { computeMapWithState } from './compute-map-with-state.ts'
import { computeReducedWindow } from './compute-reduced-window.ts'
import { computeShuffled } from './compute-shuffled.ts'
import { computeSimulated } from './compute-simulated.ts'
import { computeState } from './compute-state.ts'
import { stageKernel } from './kernel.ts'
import { runChain } from './run-chain.ts'

export type Compute = (rdd: Rdd, partition: number, evaluation: Evaluation) => Held

/** The records of one own partition of an RDD whose exchanges are done.
 *  Fails: throws a JobFailure, or what the engine's own checks throw */
export const computeByKind: Compute = (rdd, partition, evaluation) =>
  byBody[rdd.spec.body.kind](rdd, partition, evaluation)

const fromDriver: Compute = (rdd, partition, evaluation) => evaluation.payload(rdd, partition)

const byBody: Record<RddBody['kind'], Compute> = {
  blocks: fromDriver,
  restored: fromDriver,
  simulated: computeSimulated,
  derived: (rdd, partition, evaluation) => byStream[rdd.stream.spec.kind](rdd, partition, evaluation),
  slid: together,
  reducedWindow: computeReducedWindow,
  state: computeState,
  mapWithState: computeMapWithState,
}

const byStream: Record<StreamKind, Compute> = {
  narrow: (rdd, partition, evaluation) => {
    const { plan, order } = evaluation.tools
    const result = runChain(plan.collectChain(rdd.stream.id, order.traced), rdd, partition, evaluation)
    invariant(Array.isArray(result), 'a collecting loop gives an array')
    return result
  },
  partitionwise: (rdd, partition, evaluation) => {
    const { spec } = rdd.stream
    invariant(spec.kind === 'partitionwise', 'kinds agree')
    const { plan } = evaluation.tools
    const input = evaluation.partition(parentAt(rdd, 0), partition)
    try {
      // A copy, for a function that sorts or empties what it gets: RDDs share their records.
      const given = spec.fn.changes === true ? input.map(copyRecord) : [...input]
      return [...stageKernel.items(plan.fn(spec.fn)(given))]
    } catch (thrown) {
      throw plan.failure(thrown, spec.fn, undefined)
    }
  },
  union: together,
  windowed: together,
  appended: (rdd, partition, evaluation) => {
    const parent = parentAt(rdd, 0)
    if (partition < parent.owners.length) return evaluation.partition(parent, partition)
    return constants(rdd.stream.spec)
  },
  shuffled: computeShuffled,
  cogrouped: computeCogrouped,
  transformed: arrived,
  repartitioned: arrived,
  source: never,
  reducedWindow: never,
  state: never,
  mapWithState: never,
}

/** What came to a partition in the exchange, in order of origin. */
function arrived(rdd: Rdd, partition: number, evaluation: Evaluation): Records {
  return arrivedFor(partition, evaluation.exchanged(rdd, 0)).flat()
}

/** Partitions of the parents one after another, or merged by index when all are partitioned alike; see make-rdd.ts. */
function together(rdd: Rdd, partition: number, evaluation: Evaluation): Records {
  if (rdd.partitioner !== undefined) {
    const parents = rdd.parents.filter((parent) => parent.owners.length > 0)
    return parents.flatMap((parent) => evaluation.partition(parent, partition))
  }
  let index = partition
  for (const parent of rdd.parents) {
    if (index < parent.owners.length) return evaluation.partition(parent, index)
    index -= parent.owners.length
  }
  invariant(false, `partition ${partition} belongs to a parent`)
}

function constants(spec: StreamSpec): Records {
  invariant(spec.kind === 'appended', 'kinds agree')
  const records = decodeTagged(spec.records)
  invariant(Array.isArray(records), 'records are an array')
  return records
}

function never(rdd: Rdd): Records {
  throw new Error(`${rdd.stream.spec.kind} is not computed from parents alone`)
}
