import type { Plan } from '#engine/compile/plan.ts'
import type { BatchExecutors, BatchInfo } from '#engine/model/batch-info.ts'
import type { Rework } from '#engine/model/incident.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import type { ExecutorSet } from '#engine/runtime/driver/executors/executor-set.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import type { Reply } from '#engine/runtime/wire.ts'
import { completedInfo, endedInfo, startedInfo, startedOutputInfo, submittedInfo } from './batch-record.ts'
import type { JobSet } from './job-set.ts'
import { type BatchOutcome, joinOutcomes, type SampleLimit } from './merge-replies.ts'

/** A batch from its submission until its last job is over. Jobs may end in any order.
 *  Source: scheduler/JobSet */
export class RunningBatch {
  readonly set: JobSet
  info: BatchInfo
  /** Who saves where in this batch. */
  readonly savers = new Map<string, string>()
  /** What executors were told for it, and have answered. */
  readonly told: RddHandle[] = []
  /** What new executors made again for it. */
  rework: Rework | undefined
  private readonly plan: Plan
  private readonly replies: Reply[] = []
  private lastReplies: readonly Reply[] = []
  private ranOn: ExecutorSet | undefined
  private readonly outcomes: BatchOutcome[] = []
  private readonly reasons = new Set<string>()

  constructor(plan: Plan, set: JobSet) {
    this.plan = plan
    this.set = set
    this.info = submittedInfo(plan, set)
  }

  get isStarted(): boolean {
    return this.info.status !== 'queued'
  }

  /** Jobs that are not over. */
  get jobsLeft(): number {
    return this.set.jobs.length - this.outcomes.length
  }

  start(nowMs: number, executors: BatchExecutors | undefined): BatchInfo {
    this.info = startedInfo(this.info, nowMs, executors)
    return this.info
  }

  startOutput(output: number, nowMs: number): BatchInfo {
    this.info = startedOutputInfo(this.info, output, nowMs)
    return this.info
  }

  /** Whether these executors are asked for it for the first time. */
  isNewTo(executors: ExecutorSet): boolean {
    if (this.ranOn === executors) return false
    this.ranOn = executors
    return true
  }

  /** Keeps what executors told while they ran a job, and what they were told for it. */
  note(replies: readonly Reply[], rdds: readonly RddHandle[]): void {
    this.replies.push(...replies)
    this.lastReplies = replies
    this.told.push(...rdds)
  }

  endOutput(outcome: BatchOutcome, nowMs: number): BatchInfo {
    this.outcomes.push(outcome)
    this.info = endedInfo(this.info, outcome.jobs, nowMs)
    return this.info
  }

  /** Reports why a job failed; the same reason for several jobs once. */
  tellFailures({ data }: BatchOutcome, listener: Pick<RunListener, 'onFailure'>): void {
    for (const failure of data.failures) {
      const text = JSON.stringify(failure)
      if (!this.reasons.has(text)) listener.onFailure(failure)
      this.reasons.add(text)
    }
  }

  /** What all its jobs came to. */
  complete(nowMs: number, sampleLimitOf: SampleLimit): { readonly info: BatchInfo; readonly outcome: BatchOutcome } {
    this.info = completedInfo(this.info, nowMs, this.lastReplies, this.plan)
    const { timeMs } = this.set
    const made = new Set(this.told.filter(({ spec }) => spec.timeMs === timeMs).map(({ spec }) => spec.stream))
    const told = { replies: this.replies, made, sampleLimitOf }
    const outcome = joinOutcomes(this.plan, timeMs, this.outcomes, told)
    return { info: this.info, outcome }
  }
}
