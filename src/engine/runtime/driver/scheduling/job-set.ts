import type { GeneratedJob } from '#engine/runtime/driver/graph/dstream-graph.ts'

/** One batch on its way through the scheduler.
 *  Source: scheduler/JobSet */
export interface JobSet {
  readonly timeMs: number
  readonly jobs: readonly GeneratedJob[]
  /** Input stream id → records. */
  readonly inputs: ReadonlyMap<number, number>
  /** Wall ms when it was made. */
  readonly submissionMs: number
  /** Made again after a recovery. */
  readonly recovered: boolean
}
