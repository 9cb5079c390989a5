import type { FunctionRef } from './function-ref.ts'
import type { LowerContext } from './operator.ts'
import type { StreamId } from './stream-spec.ts'

// Streams that several operators are made of.

/** A step of the engine's own behind `parent`. */
export function mapOwn(parent: StreamId, source: string, context: LowerContext): StreamId {
  return context.add({ kind: 'narrow', step: 'map', parent, fn: context.ownFn(source) })
}

/** All records of each batch made into one, in a single partition; an empty batch stays empty.
 *  Source: DStream.reduce */
export function reduceBatches(parent: StreamId, reduce: FunctionRef, context: LowerContext): StreamId {
  const reduced = context.add({ kind: 'shuffled', parent, combine: { kind: 'reduceAll', fn: reduce }, partitions: 1 })
  return mapOwn(reduced, '([, value]) => value', context)
}

interface IncrementalReduction {
  readonly reduce: FunctionRef
  readonly inverse: FunctionRef
  readonly filter?: FunctionRef
  readonly windowMs: number
  readonly slideMs: number
  readonly partitions: number
}

/** One pair per key of the window, from the previous one.
 *  Source: PairDStreamFunctions.reduceByKeyAndWindow with an inverse */
export function reduceIncrementally(
  parent: StreamId,
  reduction: IncrementalReduction,
  context: LowerContext,
): StreamId {
  const { reduce, partitions } = reduction
  const perBatch = context.add({ kind: 'shuffled', parent, combine: { kind: 'reduce', fn: reduce }, partitions })
  return context.add({ kind: 'reducedWindow', parent: perBatch, ...reduction })
}
