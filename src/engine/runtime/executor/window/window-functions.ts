import type { KnownFunction } from '#engine/operator/function-ref.ts'
import type { PartitionEdit } from '#engine/runtime/executor/state/partition-edit.ts'
import type { Held } from './pair-columns.ts'

/** The functions of an incremental window. All are called with the key first, for the report of a failure. */
export interface WindowFunctions {
  reduce(key: unknown, a: unknown, b: unknown): unknown
  inverse(key: unknown, a: unknown, b: unknown): unknown
  readonly keep: ((key: unknown, pair: unknown) => unknown) | undefined
  /** What they are known to do. */
  readonly known: readonly [
    reduce: KnownFunction | undefined,
    inverse: KnownFunction | undefined,
    keep: KnownFunction | undefined,
  ]
  /** For a key that left and was not there. */
  refuse(key: unknown): never
}

/** A window that has slid. */
export interface Slid {
  readonly held: Held
  /** How its pairs came from those before; undefined where most are other. */
  readonly edit: PartitionEdit | undefined
}
