import type { Plan } from '#engine/compile/plan.ts'
import { ok, type Result } from '#engine/model/result.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import { Told } from '#engine/runtime/driver/executors/batch-order.ts'
import type { ExecutorLink } from '#engine/runtime/driver/executors/executor-link.ts'
import { ExecutorSet, type LoadFailure } from '#engine/runtime/driver/executors/executor-set.ts'

/** Executors at work, and what they know. */
export interface Staff {
  readonly set: ExecutorSet
  readonly told: Told
  /** How many of them take part in jobs. */
  executors: number
}

/** The executors that a scheduler works with: one set after another, as they are lost and replaced. */
export class ExecutorPool {
  /** Those at work. */
  staff: Staff | undefined
  private readonly plan: Plan
  private readonly timers: Timers
  private readonly deadlineMs: number
  /** Executors that load the functions. */
  private loading: ExecutorSet | undefined
  private readonly waiting: (() => void)[] = []
  private isStopped = false

  constructor(plan: Plan, timers: Timers, deadlineMs: number) {
    this.plan = plan
    this.timers = timers
    this.deadlineMs = deadlineMs
  }

  /** Puts a set of executors to work, so many of them for jobs; one before it counts as gone.
   *  Fails: the functions could not be loaded */
  async attach(links: readonly ExecutorLink[], executors: number): Promise<Result<void, LoadFailure>> {
    this.staff?.set.abandon()
    this.staff = undefined
    this.loading?.abandon()
    const set = new ExecutorSet(links, this.timers)
    this.loading = set
    const loaded = set.size === 0 ? ok(undefined) : await set.load(this.plan, this.deadlineMs)
    // Others took their place while they loaded; what became of these is of no matter.
    if (this.loading !== set) return ok(undefined)
    this.loading = undefined
    if (!loaded.ok || this.isStopped) {
      set.abandon()
      return loaded
    }
    this.staff = { set, told: new Told(), executors: Math.min(executors, set.size) }
    this.wake()
    return loaded
  }

  /** Those at work, as soon as there are any; undefined when the run has stopped. */
  async ready(): Promise<Staff | undefined> {
    while (this.staff === undefined && !this.isStopped) await this.woken()
    return this.isStopped ? undefined : this.staff
  }

  /** Without a core there is never anyone. */
  async untilStopped(): Promise<void> {
    while (!this.isStopped) await this.woken()
  }

  /** These are lost. True when others must be brought: when none are there, and none on their way. */
  lose(set: ExecutorSet): boolean {
    if (this.staff?.set === set) this.staff = undefined
    return this.staff === undefined && this.loading === undefined
  }

  get told(): Told | undefined {
    return this.staff?.told
  }

  stop(): void {
    this.isStopped = true
    this.staff?.set.abandon()
    this.wake()
  }

  /** As `stop`, and gives the executors away when they have answered what they were asked. */
  async release(): Promise<readonly ExecutorLink[]> {
    this.isStopped = true
    this.loading?.abandon()
    this.wake()
    return (await this.staff?.set.release()) ?? []
  }

  private woken(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve))
  }

  private wake(): void {
    for (const each of this.waiting.splice(0)) each()
  }
}
