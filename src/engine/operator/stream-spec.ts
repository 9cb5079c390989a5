import type { FiguresView, Measure } from '#engine/model/batch-figures.ts'
import type { Json } from '#engine/model/json.ts'
import type { Feed } from './feed.ts'
import type { FunctionRef } from './function-ref.ts'

/** Index of a stream in its plan. */
export type StreamId = number

/** Per-record work that fuses into one generated loop. */
export type NarrowStep = 'map' | 'filter' | 'flatMap' | 'mapValues' | 'flatMapValues'

/** How the values of one key become one value. */
export type Combine =
  | { readonly kind: 'reduce'; readonly fn: FunctionRef }
  /** Records without a key become one value, under the key null. */
  | { readonly kind: 'reduceAll'; readonly fn: FunctionRef }
  | { readonly kind: 'group' }
  | {
      readonly kind: 'combine'
      readonly create: FunctionRef
      readonly mergeValue: FunctionRef
      readonly mergeCombiner: FunctionRef
      readonly mapSideCombine: boolean
    }

/** The function of updateStateByKey in its three forms: the arguments it is called with. */
export interface StateUpdate {
  readonly variant: 'values' | 'timeKeyValuesState' | 'iterator'
  readonly fn: FunctionRef
}

/** What an operator's `lower` says of one stream: the closed set that driver and executors know how to run.
 *  Each mirrors one of Spark's DStream classes. Operators are many, these are few.
 *  Source: dstream/*.scala; dstream-semantics §3–§7. */
export type StreamSpec =
  /** An input stream. Never has a parent. */
  | { readonly kind: 'source'; readonly feed: Feed }
  /** MappedDStream, FilteredDStream, FlatMappedDStream, MapValuedDStream, FlatMapValuedDStream. */
  | { readonly kind: 'narrow'; readonly step: NarrowStep; readonly parent: StreamId; readonly fn: FunctionRef }
  /** MapPartitionedDStream, GlommedDStream: `fn` takes an iterable of one partition and returns an iterable. */
  | {
      readonly kind: 'partitionwise'
      readonly parent: StreamId
      readonly fn: FunctionRef
      readonly preservesPartitioning: boolean
    }
  /** UnionDStream: all partitions of the first parent, then of the next. Fails the batch's generation when a parent has no RDD. */
  | { readonly kind: 'union'; readonly parents: readonly StreamId[] }
  /** `transform(rdd => rdd.union(sc.parallelize(records, 1)))`. Fails the batch's generation when the parent has no RDD. */
  | { readonly kind: 'appended'; readonly parent: StreamId; readonly records: readonly Json[] }
  /** ShuffledDStream: pairs in, one pair per key of the batch out. */
  | { readonly kind: 'shuffled'; readonly parent: StreamId; readonly combine: Combine; readonly partitions: number }
  /** Pairs in, `[key, [values of parent 0, values of parent 1, …]]` out. Fails the batch's generation when a parent has no RDD. */
  | { readonly kind: 'cogrouped'; readonly parents: readonly StreamId[]; readonly partitions: number }
  /** WindowedDStream. */
  | { readonly kind: 'windowed'; readonly parent: StreamId; readonly windowMs: number; readonly slideMs: number }
  /** ReducedWindowedDStream over `parent`, which must already hold one pair per key and batch (the R of the spec). */
  | {
      readonly kind: 'reducedWindow'
      readonly parent: StreamId
      readonly reduce: FunctionRef
      readonly inverse: FunctionRef
      /** `([key, value]) => boolean`; pairs that fail it are dropped and not seen by the next slide. */
      readonly filter?: FunctionRef
      readonly windowMs: number
      readonly slideMs: number
      readonly partitions: number
    }
  /** StateDStream. */
  | {
      readonly kind: 'state'
      readonly parent: StreamId
      readonly update: StateUpdate
      readonly initial: readonly (readonly [Json, Json])[]
      readonly partitions: number
      readonly checkpointMs?: number
    }
  /** TransformedDStream: `one` is called with (rdd, timeMs), `many` with ([rdds], timeMs), `with` with (rdd, other, timeMs), on one
   *  executor over whole batches. Fails the batch's generation when a parent has no RDD. */
  | {
      readonly kind: 'transformed'
      readonly form: 'one' | 'many' | 'with'
      readonly parents: readonly StreamId[]
      readonly fn: FunctionRef
    }
  /** `repartition(n)`, built on transform. Fails the batch's generation when the parent has no RDD. */
  | { readonly kind: 'repartitioned'; readonly parent: StreamId; readonly partitions: number }
  /** InternalMapWithStateDStream: one StateRecord per partition, from which the visible streams take what was mapped, or the states. */
  | {
      readonly kind: 'mapWithState'
      readonly parent: StreamId
      /** `simple` is called with (key, value, state) and always emits; `advanced` with (timeMs, key, value, state), emitting unless none. */
      readonly api: 'simple' | 'advanced'
      readonly fn: FunctionRef
      readonly initial: readonly (readonly [Json, Json])[]
      readonly timeoutMs?: number
      readonly partitions: number
      readonly checkpointMs?: number
    }

export type StreamKind = StreamSpec['kind']

/** What happens with each batch of an output's stream. */
export type OutputAction =
  /** Spark's print: the first `num` + 1 records in partition order. */
  | { readonly kind: 'take'; readonly num: number }
  /** At most `limit` records in partition order, with the count of all. */
  | { readonly kind: 'rows'; readonly limit: number }
  /** `fn(rdd, timeMs)` on one executor over the whole batch; what it logs is the output. */
  | { readonly kind: 'foreachRDD'; readonly fn: FunctionRef }
  /** Every record, with its partition (the command line's --collect). */
  | { readonly kind: 'collect' }
  | SaveAction
  | MeasureAction
  | SendAction

/** One directory per batch, one file per partition: a line per record, as text or as tagged JSON. Neither prefix nor suffix leads
 *  out of the place that the directories lie in: see save-params.ts. */
export interface SaveAction {
  readonly kind: 'save'
  readonly format: 'text' | 'objects'
  readonly prefix: string
  readonly suffix: string
}

/** One number per series and batch, for a chart or a counter. */
export interface MeasureAction {
  readonly kind: 'measure'
  /** `keys`: a series per key of the pairs, or per value of `keyField`; anything else is one series. `one`: all records are. */
  readonly series: 'keys' | 'one'
  readonly keyField?: string
  /** Field of the object (the record, or the value of a pair) that holds the number; otherwise the record or the value is it. */
  readonly valueField?: string
  /** `(record) => number`, instead of a field. */
  readonly fn?: FunctionRef
  /** How the numbers of a series in one batch become one. `count` reads none. */
  readonly combine: Measure
  readonly view: FiguresView
}

/** Every batch's records as WebSocket messages, sent by the driver: an executor reaches nothing. */
export interface SendAction {
  readonly kind: 'send'
  readonly url: string
  /** What one message holds. */
  readonly split: 'records' | 'partition' | 'batch'
  /** With the batch time and the partition around it. */
  readonly envelope: boolean
  /** Wall ms in which a batch must be handed over. */
  readonly timeoutMs: number
}

/** One output operation; its id is its place in the plan's list (order of registration). */
export interface OutputSpec {
  readonly node: string
  /** Spark's name of the operation, e.g. `print at counts`. */
  readonly name: string
  readonly stream: StreamId
  readonly action: OutputAction
}
