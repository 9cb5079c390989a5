import { invariant } from '#engine/model/invariant.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { Combine } from '#engine/operator/stream-spec.ts'
import { inSlotOrder, Keyed } from '#engine/record/keyed.ts'
import { combineMapSide } from '#engine/runtime/executor/exchange/exchanges-of.ts'
import { arrivedFor } from '#engine/runtime/executor/exchange/partition-keys.ts'
import { combinePacked } from '#engine/runtime/executor/packed/combine-packed.ts'
import { pairsOf } from '#engine/runtime/executor/packed/packed-pairs.ts'
import type { Evaluation } from '#engine/runtime/executor/rdds/evaluation.ts'
import type { Rdd, Records } from '#engine/runtime/executor/rdds/rdd.ts'
import { combinePane } from '#engine/runtime/executor/window/combine-pane.ts'
import type { Held } from '#engine/runtime/executor/window/pair-columns.ts'
import { reduceWindow } from '#engine/runtime/executor/window/reduce-window.ts'
import { isPair } from './kernel.ts'

/** The reduce side of a shuffle: one pair per key, in Spark's slot order.
 *  Source: ShuffledRDD, Aggregator; PairRDDFunctions.combineByKeyWithClassTag */
export function computeShuffled(rdd: Rdd, partition: number, evaluation: Evaluation): Held {
  const { spec } = rdd.stream
  invariant(spec.kind === 'shuffled', 'kinds agree')
  const [parent] = rdd.parents
  const isInPlace = parent !== undefined && parent.partitioner === rdd.partitioner
  const { windows } = evaluation.tools
  const merge = merger(spec.combine, rdd.stream.node, evaluation)
  if (isInPlace && windows.isWindow(rdd.stream.id)) {
    const reduced = reduceWindow(rdd, parent, partition, evaluation, merge.next)
    if (reduced !== undefined) return reduced
  }
  const packed = isInPlace
    ? undefined
    : combinePacked(partition, evaluation.exchanged(rdd, 0), spec.combine, merge.next)
  const panes = windows.panesOf(rdd.stream.id, partition)
  if (packed !== undefined) return panes === undefined ? packed : packed.in(panes.index)
  // Already partitioned this way: the map side is all there is, and what it did not combine is combined here.
  const arrived = isInPlace
    ? [pairsOf(combineMapSide(rdd, parent, partition, evaluation))]
    : arrivedFor(partition, evaluation.exchanged(rdd, 0))
  const pane = panes && combinePane(arrived, panes.index, merge.next)
  if (pane !== undefined) return pane
  const [only = []] = arrived
  // What one map side has combined holds every key once.
  if (arrived.length < 2 && isCombined(spec.combine)) return inSlotOrder(only, (pair) => pairOf(pair)[0])
  const cells = new Keyed<unknown>()
  for (const records of arrived) take(records, cells, merge)
  const pairs = Array.from(cells.cells.values(), (cell) => [cell.key, cell.value] as const)
  return inSlotOrder(pairs, (pair) => pair[0])
}

const isCombined = (combine: Combine): boolean => combine.kind !== 'combine' || combine.mapSideCombine

function pairOf(record: unknown): readonly [unknown, unknown] {
  invariant(isPair(record), 'map sides give pairs')
  return record
}

interface Merger {
  /** The first value or combiner of a key. */
  first(value: unknown, key: unknown): unknown
  next(combined: unknown, value: unknown, key: unknown): unknown
}

function take(pairs: Records, cells: Keyed<unknown>, merge: Merger): void {
  for (const pair of pairs) {
    const [key, value] = pairOf(pair)
    let isNew = false
    const cell = cells.at(key, () => {
      isNew = true
      return merge.first(value, key)
    })
    if (!isNew) cell.value = merge.next(cell.value, value, key)
  }
}

function merger(combine: Combine, node: string, { tools: { plan } }: Evaluation): Merger {
  const failure = (thrown: unknown, ref: FunctionRef, pair: unknown) =>
    plan.failure(thrown, ref.param === undefined ? { node } : ref, pair)
  const calling = (ref: FunctionRef) => {
    const fn = plan.fn(ref)
    return (a: unknown, b: unknown, key: unknown): unknown => {
      try {
        return fn(a, b)
      } catch (thrown) {
        throw failure(thrown, ref, [key, b])
      }
    }
  }
  const creating = (ref: FunctionRef) => {
    const fn = plan.fn(ref)
    return (value: unknown, key: unknown): unknown => {
      try {
        return fn(value)
      } catch (thrown) {
        throw failure(thrown, ref, [key, value])
      }
    }
  }
  switch (combine.kind) {
    case 'reduce':
    case 'reduceAll':
      return { first: (value) => value, next: calling(combine.fn) }
    case 'group':
      return { first: (values) => [...listOf(values)], next: (all, values) => append(all, values) }
    case 'combine': {
      if (combine.mapSideCombine) return { first: (combiner) => combiner, next: calling(combine.mergeCombiner) }
      return { first: creating(combine.create), next: calling(combine.mergeValue) }
    }
  }
}

function append(all: unknown, values: unknown): unknown {
  const list = all as unknown[] // made by `first`, from a copy
  for (const value of listOf(values)) list.push(value)
  return list
}

function listOf(values: unknown): readonly unknown[] {
  invariant(Array.isArray(values), 'groups are arrays')
  return values
}
