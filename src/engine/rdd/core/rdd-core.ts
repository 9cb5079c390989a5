import type { Partitioner } from './partitioner.ts'

/** What the RDDs of one transform or foreachRDD body share. */
export interface RddSettings {
  /** `sc.defaultParallelism`: the slices of `parallelize`. */
  readonly defaultParallelism: number
  /** `spark.default.parallelism`, when the pipeline sets it: partitions of shuffles of unpartitioned RDDs. */
  readonly parallelism?: number
  /** Of the pipeline; with the batch time it seeds `sample` where the user gives no seed. */
  readonly seed: number
  readonly timeMs: number
}

/** How a context makes what users see of it; the classes stay out of this folder. */
export interface RddFaces {
  rdd(core: RddCore): object
  sparkContext(context: RddContext): object
}

/** What the RDDs of one body have in common: settings, numbering, and the faces that users see. */
export class RddContext {
  readonly settings: RddSettings
  readonly faces: RddFaces
  readonly sparkContext: object
  #nextId = 0

  constructor(settings: RddSettings, faces: RddFaces) {
    this.settings = settings
    this.faces = faces
    this.sparkContext = faces.sparkContext(this)
  }

  nextId(): number {
    return this.#nextId++
  }
}

/** A parent in the lineage. Behind a shuffle a partition needs all of the parent's, else only some. */
export interface Dependency {
  readonly parent: RddCore
  readonly isShuffle: boolean
}

/** What makes an RDD. */
export interface RddDefinition {
  /** Spark's class, for `toDebugString`. */
  readonly kind: string
  /** The method that users called. */
  readonly operation: string
  readonly dependencies: readonly Dependency[]
  /** Number of partitions, asked for at most once. */
  readonly count: () => number
  readonly partitioner?: Partitioner | undefined
  /** The records of one partition, computed as they are read. Nobody may change the result when it is an array. */
  readonly compute: (partition: number) => Iterable<unknown>
}

/** One RDD of a lineage as the operations see it: lazy, partition by partition and record by record.
 *  Keeps:  nothing but the partitions computed while it is persisted
 *  Source: core/rdd/RDD.scala */
export class RddCore {
  readonly context: RddContext
  readonly id: number
  readonly kind: string
  readonly operation: string
  readonly dependencies: readonly Dependency[]
  readonly partitioner: Partitioner | undefined
  readonly #definition: RddDefinition
  #count: number | undefined
  #kept: Map<number, readonly unknown[]> | undefined

  constructor(context: RddContext, definition: RddDefinition) {
    this.context = context
    this.id = context.nextId()
    this.kind = definition.kind
    this.operation = definition.operation
    this.dependencies = definition.dependencies
    this.partitioner = definition.partitioner
    this.#definition = definition
  }

  /** Number of partitions. */
  get count(): number {
    this.#count ??= this.#definition.count()
    return this.#count
  }

  get isPersisted(): boolean {
    return this.#kept !== undefined
  }

  /** From now on a partition is kept whole when it is first read. */
  persist(): void {
    this.#kept ??= new Map()
  }

  unpersist(): void {
    this.#kept = undefined
  }

  /** The records of a partition, for reading only. */
  read(partition: number): Iterable<unknown> {
    const kept = this.#kept
    if (kept === undefined) return this.#definition.compute(partition)
    const found = kept.get(partition)
    if (found !== undefined) return found
    const records = [...this.#definition.compute(partition)]
    kept.set(partition, records)
    return records
  }

  /** The records of every partition one after another. */
  *readAll(): Iterable<unknown> {
    for (let partition = 0; partition < this.count; partition++) yield* this.read(partition)
  }
}
