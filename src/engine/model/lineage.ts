/** How far one stream that goes on from its own last RDD (state, incremental windows) leads back.
 *  Source: RDD.dependencies; dstream-semantics §11.3 */
export interface StreamLineage {
  readonly node: string
  readonly stream: number
  /** Its RDDs are what the node shows. */
  readonly visible: boolean
  /** Batch time of its newest RDD. */
  readonly newestMs: number
  /** RDDs that would have to be made again: from the newest back to the checkpoint, or to the first. */
  readonly depth: number
  readonly slideMs: number
  /** Interval of its data checkpoints. */
  readonly checkpointMs?: number
  /** The data checkpoint that cuts the chain; undefined: it leads back to the source. */
  readonly cutMs?: number
  /** Of the records in that checkpoint, as text. */
  readonly bytes?: number
  readonly partitions?: number
  /** What making it again takes: mean processing time of a batch times depth. Undefined until a batch has been measured. */
  readonly recoveryMs?: number
}

/** From here on a chain is long enough to say so. */
export const LONG_CHAIN = 30
