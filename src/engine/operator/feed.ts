import type { Json } from '#engine/model/json.ts'
import type { FunctionRef } from './function-ref.ts'

/** How a receiver gets its data; the worker (or the command line) owns the connection. */
export type ReceiverFeed =
  /** Lines typed by the person. */
  | { readonly kind: 'manual' }
  /** The person's own code, in `param`: one expression that gives the receiver; it runs where functions run. */
  | { readonly kind: 'custom'; readonly code: string; readonly param: string }
  /** A WebSocket client. `split`: one record per line, or one per message; `json`: parse each record's text. */
  | {
      readonly kind: 'webSocket'
      readonly url: string
      readonly protocols: readonly string[]
      readonly split: 'lines' | 'message'
      readonly json: boolean
      /** Records a second; 0 = unlimited. */
      readonly maxRate: number
    }

export type Pattern = 'steady' | 'burst' | 'wave' | 'spike'

/** Where an input stream's records come from: the closed set. */
export type Feed =
  /** QueueInputDStream; `null` in `batches` stands for "no RDD in this batch". */
  | {
      readonly kind: 'queue'
      readonly batches: readonly (readonly Json[] | null)[]
      readonly partitions: number
      readonly oneAtATime: boolean
      readonly defaultBatch: readonly Json[] | null | undefined
    }
  /** Seeded rows, each a pure function of (seed, node, row index, row time), so any batch can be made again. */
  | {
      readonly kind: 'simulated'
      readonly generator:
        | { readonly kind: 'named'; readonly name: string }
        | { readonly kind: 'custom'; readonly fn: FunctionRef }
      /** Rows of a named generator that are objects become their JSON text. */
      readonly text: boolean
      readonly rowsPerSecond: number
      readonly pattern: Pattern
      readonly jitterMs: number
      readonly lateFraction: number
      readonly partitions: number
    }
  /** Batches by number: entry i is batch i + 1, a missing one is empty, `null` = no RDD. Replayable.
   *  Source: TestInputStream of Spark's own suites. */
  | { readonly kind: 'indexed'; readonly batches: readonly (readonly Json[] | null)[]; readonly partitions: number }
  /** A receiver: takes a core, stores blocks, cannot replay. */
  | { readonly kind: 'receiver'; readonly receiver: ReceiverFeed }
