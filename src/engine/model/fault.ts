/** What a person may do to a run of their own to see what is lost and what comes back. */
export type Fault =
  /** The executor has just been ended; the driver hears of it as from a cluster manager. */
  | { readonly kind: 'executor'; readonly executor: number }
  /** The receiver's connection is cut. */
  | { readonly kind: 'connection'; readonly node: string }
  /** The receiver's source sends its last records once more, as one that reconnects and does not know what arrived. */
  | { readonly kind: 'duplicates'; readonly node: string; readonly records: number }
  /** A partition of the node takes so much longer in every batch; 0 ends it. */
  | { readonly kind: 'slow'; readonly node: string; readonly partition: number; readonly delayMs: number }
  /** The checkpoint directory takes nothing more until it is free again. */
  | { readonly kind: 'quota'; readonly full: boolean }
  /** Bytes of the newest stored metadata, or of the newest stored state, are changed, and the driver stores nothing more: it is about to be
   *  killed, so that somebody has to read them. */
  | { readonly kind: 'corruption'; readonly what: 'metadata' | 'state' }

/** What there is in a run that a fault can strike. */
export interface FaultTargets {
  readonly executors: number
  /** Nodes with a receiver that has a connection to lose, and how many records it could be sent again. */
  readonly receivers: readonly { readonly node: string; readonly connected: boolean; readonly recent: number }[]
  /** Nodes of which one partition can be slowed. */
  readonly slowable: readonly string[]
  /** What is on now. */
  readonly slow?: { readonly node: string; readonly partition: number; readonly delayMs: number }
  readonly full: boolean
  readonly checkpointing: boolean
}
