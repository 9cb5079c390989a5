// What went wrong in a run, on demand or by itself, and what it cost. The facts are those of the machinery that recovered from it; the screen
// puts them into words.

import type { LostInput, RecoveryReport } from './run-state.ts'

/** One stream's RDDs that new executors made again. */
export interface StreamRework {
  readonly node: string
  /** Different partitions. */
  readonly partitions: number
  /** Computed partitions over all batches. */
  readonly computed: number
  /** The data checkpoint that it went on from; undefined: from the source. */
  readonly fromMs?: number
  /** First and last of the earlier batches whose RDDs were made again; undefined when the checkpoint itself was enough. */
  readonly batches?: { readonly firstMs: number; readonly lastMs: number; readonly count: number }
}

/** What the first batch on new executors had to make again of earlier batches.
 *  Source: RDD lineage; dstream-semantics §11.3 */
export interface Rework {
  /** The batch that needed it. */
  readonly timeMs: number
  readonly streams: readonly StreamRework[]
  /** Received blocks that were handed out once more, with the batches they belong to. */
  readonly blocks: number
  readonly blockBatches: number
  /** The batch came to an end without a failure. */
  readonly whole: boolean
}

/** What is known of an incident, by its kind. */
export type IncidentFacts =
  /** Executors were lost; one of them was killed, or all hung or died. All of a process are started again together. */
  | {
      readonly kind: 'executors'
      readonly executor?: number
      readonly executors: number
      readonly reason: string
      /** What ran, where that is known. */
      readonly node?: string
      readonly rework?: Rework
      /** Times that the batch was begun, the last one included. */
      readonly attempts: number
    }
  /** The driver died with everything it knew, or the page did, and another one went on from the checkpoint. */
  | {
      readonly kind: 'driver'
      readonly how: 'killed' | 'died' | 'reloaded' | 'closed'
      /** Entry of the checkpoint that was damaged on purpose before. */
      readonly corrupted?: string
      /** Newest completed batch that was seen before. */
      readonly seenMs?: number
      readonly recovery?: RecoveryReport
      readonly rework?: Rework
    }
  /** A receiver lost its connection. */
  | {
      readonly kind: 'connection'
      readonly node: string
      /** Records that were received until then: they are kept. */
      readonly records: number
      /** Wall ms until it was connected again. */
      readonly downMs?: number
      /** First batch after it. */
      readonly backMs?: number
    }
  /** A receiver got records that it had got before. */
  | {
      readonly kind: 'duplicates'
      readonly node: string
      readonly records: number
      /** Into which batches they went: [batch time, records]. */
      readonly batches: readonly (readonly [timeMs: number, records: number])[]
    }
  /** The checkpoint directory took nothing more. */
  | {
      readonly kind: 'quota'
      readonly failedWrites: number
      /** The newest batch that is stored: a driver that died now would go back to it. */
      readonly storedMs?: number
      /** The batch in which it could be written again. */
      readonly freedMs?: number
    }
  /** One partition of a node took longer than it had to. */
  | {
      readonly kind: 'slow'
      readonly node: string
      readonly partition: number
      readonly delayMs: number
      /** Completed batches that it slowed. */
      readonly batches: number
      /** Mean processing time before and since. */
      readonly usualMs?: number
      readonly slowMs?: number
      /** Most batches that waited. */
      readonly waiting: number
      readonly endedMs?: number
    }

export type Incident = IncidentFacts & {
  /** Unique in the page's life. */
  readonly id: string
  /** The batch that it struck: the one that ran, or else the next. Undefined until that is known. */
  readonly timeMs?: number
  /** A person asked for it. */
  readonly onDemand: boolean
  /** Nothing more will be known. */
  readonly settled: boolean
}

/** What a checkpoint knows of a run's misfortunes. */
export interface PastIncidents {
  /** Oldest first; nothing more will be known of them. */
  readonly incidents: readonly Incident[]
  readonly lost: readonly LostInput[]
}
