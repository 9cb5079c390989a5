import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { Pipeline, PipelineNode } from '#engine/model/pipeline.ts'
import type { BoundOperator, Operator } from '#engine/operator/operator.ts'

/** One node with everything that is known of it before anything runs. */
export interface CheckedNode {
  readonly node: PipelineNode
  readonly operator: Operator | undefined
  /** Absent when the parameters cannot be read. */
  readonly bound: BoundOperator | undefined
  /** Nodes whose streams enter each port, in edge order. */
  readonly inputs: ReadonlyMap<string, readonly string[]>
  /** Absent when it cannot be told: bad parameters, a missing input, a cycle. */
  readonly slideMs: number | undefined
  readonly shape: 'any' | 'pairs' | 'values'
  /** Its stream reaches an output, so it runs. */
  readonly live: boolean
  /** Switched off, or all it depends on is. */
  readonly off: boolean
}

/** A document with its graph resolved and every problem named. */
export interface CheckedPipeline {
  readonly pipeline: Pipeline
  readonly diagnostics: readonly Diagnostic[]
  /** In an order in which every node comes after its inputs; nodes on a cycle come last. */
  readonly nodes: ReadonlyMap<string, CheckedNode>
  readonly runnable: boolean
}
