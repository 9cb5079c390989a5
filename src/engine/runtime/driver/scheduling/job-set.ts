import type { GeneratedJob } from '#engine/runtime/driver/graph/dstream-graph.ts'
import type { ReportedInput } from '#engine/runtime/driver/receivers/input-info-tracker.ts'

/** One batch on its way through the scheduler.
 *  Source: scheduler/JobSet */
export interface JobSet {
  readonly timeMs: number
  readonly jobs: readonly GeneratedJob[]
  /** What each input stream told, by its id. */
  readonly inputs: ReadonlyMap<number, ReportedInput>
  /** Wall ms when it was made. */
  readonly submissionMs: number
  /** Made again after a recovery. */
  readonly recovered: boolean
}
