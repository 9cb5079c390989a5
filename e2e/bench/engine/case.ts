import type { ExecutorHost } from '#engine/runtime/executor/executor-host.ts'
import type { Variant } from './paired.ts'

export type BenchHost = Pick<ExecutorHost, 'importModule' | 'encode' | 'now'>

/** A task, and the ways to do it. The first variant is the hand-written loop. */
export interface BenchCase {
  readonly title: string
  /** Records that a slice goes through. */
  readonly records: number
  readonly variants: readonly [Variant<unknown>, ...Variant<unknown>[]]
}

/** What a ratio should be, and what fails. Both are times of the first over times of the second. */
export interface Goal {
  readonly case: string
  readonly over: string
  readonly under: string
  /** `most`: the ratio should not exceed the target; `least`: should reach it. */
  readonly kind: 'most' | 'least'
  readonly target: number
  readonly guard: number
}
