import { invariant } from '#engine/model/invariant.ts'
import { asArray } from '#engine/rdd/core/arguments.ts'
import { hashPartitioner } from '#engine/rdd/core/partitioner.ts'
import { RddContext, RddCore, type RddSettings } from '#engine/rdd/core/rdd-core.ts'
import { Rdd } from './rdd.ts'
import { findCore } from './rdd-handle.ts'
import { SparkContext } from './spark-context.ts'

/** Where the records of a batch come from, one partition at a time. A partition may be asked for several times. */
export interface PartitionSource {
  readonly count: number
  compute(partition: number): readonly unknown[]
}

/** What is known of a batch's RDD beside its records. */
export interface RddOrigin {
  /** For `toDebugString`: the stream's node. */
  readonly name?: string
  /** Number of hash partitions when every pair lies in its key's partition. */
  readonly hashPartitions?: number | undefined
}

/** What the functions of one call of transform or foreachRDD share: numbers of RDDs, seeds, defaults. */
export function makeRddContext(settings: RddSettings): RddContext {
  return new RddContext(settings, {
    rdd: (core) => new Rdd(core),
    sparkContext: (context) => new SparkContext<Rdd>(context),
  })
}

/** The RDD of a batch. Nothing is computed before an action of the user's asks for it; partitions that are given by a
 *  function are asked for once. The records are never changed. */
export function makeRdd(
  partitions: PartitionSource | (() => readonly (readonly unknown[])[]),
  context: RddContext,
  origin: RddOrigin = {},
): Rdd {
  const { name = 'stream', hashPartitions } = origin
  const { count, compute } = typeof partitions === 'function' ? given(partitions) : fromSource(partitions)
  const partitioner = hashPartitions === undefined ? undefined : hashPartitioner(hashPartitions)
  return new Rdd(
    new RddCore(context, { kind: 'BatchRDD', operation: name, dependencies: [], count, partitioner, compute }),
  )
}

interface Source {
  readonly count: () => number
  readonly compute: (partition: number) => Iterable<unknown>
}

function fromSource(source: PartitionSource): Source {
  return { count: () => source.count, compute: (partition) => source.compute(partition) }
}

function given(partitions: () => readonly (readonly unknown[])[]): Source {
  let lists: readonly (readonly unknown[])[] | undefined
  const all = () => {
    lists ??= partitions()
    return lists
  }
  return { count: () => all().length, compute: (partition) => all()[partition] ?? [] }
}

/** An RDD as the engine reads it. */
export interface RddReading {
  readonly count: number
  /** Number of hash partitions when every pair lies in its key's partition. */
  readonly hashPartitions: number | undefined
  /** Computes a partition; what it throws is the user's. Nobody may change the array. */
  records(partition: number): readonly unknown[]
}

/** What a transform function returned, or undefined when it is no RDD.
 *  Fails: throws what the user's functions throw, where counting partitions runs them */
export function readRdd(value: unknown): RddReading | undefined {
  const core = findCore(value)
  if (core === undefined) return undefined
  return {
    count: core.count,
    hashPartitions: core.partitioner?.kind === 'hash' ? core.partitioner.numPartitions : undefined,
    records: (partition) => {
      invariant(partition >= 0 && partition < core.count, `RDD ${core.id} has partition ${partition}`)
      return asArray(core.read(partition))
    },
  }
}
