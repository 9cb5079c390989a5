// The page speaks, the broker obeys. One port, given once; data never passes here.
// The broker is ours, but it shares its process with strangers' code, so the page parses what comes back.

/** Scripts the broker can start; their text is given by the page before the first spawn. */
export type ScriptName = 'executor' | 'probe' | 'receiver'

export type BrokerCommand =
  | { readonly kind: 'script'; readonly name: ScriptName; readonly text: string }
  /** The ports of the worker travel beside the command, in the order that the script expects. */
  | { readonly kind: 'spawn'; readonly id: number; readonly script: ScriptName; readonly init: WorkerInit }
  | { readonly kind: 'terminate'; readonly id: number }
  | { readonly kind: 'ping'; readonly seq: number }

export type BrokerEvent =
  | { readonly kind: 'ready' }
  | { readonly kind: 'spawned'; readonly id: number }
  /** An error that no code in the worker caught; `text` has at most 300 characters. */
  | { readonly kind: 'failed'; readonly id: number; readonly text: string }
  | { readonly kind: 'pong'; readonly seq: number }

/** First and only message to a worker; its ports come with it. */
export type WorkerInit = ExecutorInit | ProbeInit | ReceiverInit

/** Ports: the driver's, then the peers' in index order without the own slot. */
export interface ExecutorInit {
  readonly kind: 'executor'
  readonly index: number
  readonly executors: number
}

/** Ports: one, the driver's. */
export interface ReceiverInit {
  readonly kind: 'receiver'
}

/** Ports: one, for the `ProbeReport`. */
export interface ProbeInit {
  readonly kind: 'probe'
  /** An address that the page itself can fetch and import. */
  readonly reachableUrl: string
}

/** What the probe saw: before the realm was stripped, then after. */
export interface ProbeReport {
  readonly kind: 'probe'
  readonly origin: string
  /** Attempts that went through although they must fail. */
  readonly open: readonly ('fetch' | 'indexed-db' | 'import')[]
  /** Paths in the stripped realm that the allow-list does not know. */
  readonly unexpected: readonly string[]
}

export const MAX_ERROR_TEXT = 300
