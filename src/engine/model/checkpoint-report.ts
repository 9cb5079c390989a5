import type { StreamLineage } from './lineage.ts'

/** What an entry of a checkpoint directory keeps. */
export type KeptKind =
  /** Settings, graph, pending batches. Source: Checkpoint.scala */
  | 'metadata'
  /** Records of an RDD. */
  | 'full'
  /** What became other since an earlier one. */
  | 'delta'
  /** Which received records came, and with a write-ahead log the records themselves. */
  | 'block'
  /** Which blocks belong to a batch. */
  | 'allocation'
  /** What charts and counters show. */
  | 'figures'
  /** What went wrong, and what it cost. */
  | 'incidents'

export interface KeptEntry {
  readonly kind: KeptKind
  readonly key: string
  /** Of data: whose. */
  readonly node?: string
  /** Batch time; of a block there is none. */
  readonly timeMs?: number
  readonly bytes: number
  /** Wall ms; unknown for what an earlier driver wrote. */
  readonly savedAtMs?: number
  readonly durationMs?: number
}

/** What the newest metadata holds. */
export interface MetadataContents {
  /** The newest batch that was generated. */
  readonly checkpointMs: number
  readonly savedAtMs: number
  readonly name: string
  readonly batchMs: number
  readonly master: string
  /** Keys that the document sets. */
  readonly conf: readonly (readonly [string, string])[]
  readonly nodes: readonly string[]
  readonly edges: number
  /** Batches submitted and not finished. */
  readonly pendingMs: readonly number[]
  /** Stored RDDs by stream: their batch times, oldest first. */
  readonly states: readonly { readonly node: string; readonly timesMs: readonly number[] }[]
  readonly clock: string
}

/** All that a learner may see of a run's checkpoint directory. */
export interface CheckpointReport {
  /** Newest first, received blocks last; at most as many as MOST_KEPT. */
  readonly kept: readonly KeptEntry[]
  /** All entries there are. */
  readonly entries: number
  readonly bytes: number
  /** Undefined when none can be read. */
  readonly metadata: MetadataContents | undefined
  readonly lineage: readonly StreamLineage[]
}

/** Entries that a report lists. */
export const MOST_KEPT = 1000
