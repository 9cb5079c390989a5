import type { Json } from '#engine/model/json.ts'
import type { WholeBatch } from './whole-batch.ts'

type Fn = (...args: readonly unknown[]) => unknown

/** A node of a document, as the reference reads it. */
export interface ReferenceNode {
  readonly id: string
  readonly op: string
  readonly params: Readonly<Record<string, Json>>
}

/** Generation of the batch failed at a node. */
export class LostBatch extends Error {
  readonly node: string

  constructor(node: string) {
    super(`the batch is lost at ${node}`)
    this.node = node
  }
}

/** A batch of a stream that some function has failed; `nodes`: where the failure may show, from its origin down. */
export interface FailedBatch {
  readonly failed: ReadonlySet<string>
}

/** What a stream has in one batch. Undefined: no RDD. */
export type Outcome = WholeBatch | FailedBatch | undefined

export function hasFailed(outcome: Outcome | FailedBatch): outcome is FailedBatch {
  return outcome !== undefined && 'failed' in outcome
}

/** What an operator's rule may ask for. */
export interface Asking {
  readonly node: ReferenceNode
  readonly timeMs: number
  readonly slideMs: number
  /** Of the first input. */
  readonly parentSlideMs: number
  readonly defaultParallelism: number
  /** Inputs of a port, in the order of the edges. */
  inputs(port?: 'in' | 'other'): readonly string[]
  /** A node's outcome at a time.
   *  Fails: throws LostBatch */
  outcome(node: string, timeMs: number): Outcome
  fn(param: string): Fn
  /** A batch of a stream of the node's own, made once per name and time. */
  once(name: string, timeMs: number, make: () => Outcome): Outcome
  /** `compute` over parents that are all well; what fails is this node's failure. */
  from<T extends WholeBatch>(
    parents: readonly (WholeBatch | FailedBatch)[],
    compute: (batches: readonly WholeBatch[]) => T,
  ): T | FailedBatch
}
