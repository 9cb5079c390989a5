// The conversation of the driver with the worker of one custom receiver, which runs user code. The driver asks, the worker answers: each
// `pull` gets exactly one `answer`, and between two answers the worker may send one `ready`, which says that a pull would find something.
// So nothing that the code does can flood the driver, and a worker that does not answer in time hangs.

import type { BroadcastSetting } from '#engine/model/pipeline.ts'
import type { ModuleCall } from '#engine/runtime/executor/jobs/code-frames.ts'

/** Driver → worker. */
export type ReceiverCommand =
  /** Once, first: the text of receiver-module.ts. Answered by `loaded` or `refused`. */
  | {
      readonly kind: 'load'
      readonly text: string
      readonly streamId: number
      readonly broadcasts: readonly BroadcastSetting[]
      readonly window: number
    }
  /** Calls onStart: the first time, and again after a restart. */
  | { readonly kind: 'start' }
  /** Calls onStop. `final`: nothing more may be stored; what waits is still pulled. */
  | { readonly kind: 'stop'; readonly final: boolean }
  /** Asks for at most so many records, and blocks, that were stored. `window`: records that may wait here before store makes callers wait. */
  | {
      readonly kind: 'pull'
      readonly seq: number
      readonly records: number
      readonly blocks: number
      readonly window: number
    }
  /** What became of a block that was stored as a whole. */
  | { readonly kind: 'stored'; readonly block: number; readonly ok: boolean }

/** What user code threw. */
export interface Thrown {
  readonly error: string
  /** The calls that led there, in the receiver's module, the innermost first; absent when none is known. */
  readonly calls?: readonly ModuleCall[]
}

/** What happened in the worker since the last answer, in order. */
export type ReceiverHappening =
  | { readonly kind: 'started' }
  /** onStart threw. */
  | ({ readonly kind: 'startFailed' } & Thrown)
  | ({ readonly kind: 'reportError'; readonly message: string } & Thrown)
  | ({ readonly kind: 'restart'; readonly message: string; readonly delayMs: number | undefined } & Thrown)
  | ({ readonly kind: 'stop'; readonly message: string } & Thrown)
  /** A line that the code logged. */
  | { readonly kind: 'log'; readonly text: string }
  /** Records that were stored faster than they are taken, and without waiting. */
  | { readonly kind: 'dropped'; readonly records: number }

/** Records that were stored as one block. */
export interface StoredBlock {
  readonly id: number
  readonly records: number
  /** A JSON array of tagged records. */
  readonly text: string
}

export interface ReceiverAnswer {
  readonly kind: 'answer'
  readonly seq: number
  /** Records stored one by one: how many, as a JSON array of tagged records. */
  readonly records: number
  readonly text: string
  readonly blocks: readonly StoredBlock[]
  readonly happened: readonly ReceiverHappening[]
  /** Records that still wait here, those of blocks included. */
  readonly waiting: number
}

/** Worker → driver. */
export type ReceiverMessage =
  /** `name` is that of the receiver's class, or empty. */
  | { readonly kind: 'loaded'; readonly name: string }
  | ({ readonly kind: 'refused' } & Thrown)
  | { readonly kind: 'ready' }
  | ReceiverAnswer

/** Messages that the worker may send from one pull to the next: a `ready` that was under way, the answer, a `ready` after it. */
export const PULL_GRANT = 3
/** Records and characters of one answer at most, its blocks apart. */
export const MAX_PULLED_RECORDS = 20_000
export const MAX_PULLED_CHARS = 2_000_000
/** Characters and records of one block at most. */
export const MAX_BLOCK_CHARS = 4_000_000
export const MAX_BLOCK_RECORDS = 1_000_000
/** Blocks of one answer at most. */
export const MAX_PULLED_BLOCKS = 4
export const MAX_HAPPENED = 50
export const MAX_CALLS = 8
export const MAX_TEXT = 2_000
