import { LoneExecutor, planOf } from '#engine/runtime/executor/window/testing/lone-executor.ts'
import { streamOf } from '#engine/runtime/executor/window/testing/stream-of.ts'
import type { BenchHost } from './case.ts'

export interface WindowSetting {
  readonly keys: number
  /** Records of a batch. */
  readonly records: number
  /** Batches of the window. */
  readonly panes: number
  readonly inverse?: string
}

/** Batches that are received before the first of them is slid to, at most. */
const MOST_AHEAD = 8

type Pair = readonly [key: string, value: number]

/** A window that slides by one batch, step by step, on one executor without a driver: what is not timed can be done in between. */
export class WindowRun {
  private readonly setting: WindowSetting
  private readonly executor: LoneExecutor
  private batch = 0
  private seed = 1

  private constructor(setting: WindowSetting, executor: LoneExecutor) {
    this.setting = setting
    this.executor = executor
  }

  /** With a full window. */
  static async open(setting: WindowSetting, { importModule }: BenchHost): Promise<WindowRun> {
    const params = {
      reduce: '(a, b) => a + b',
      windowMs: setting.panes * 1000,
      slideMs: 1000,
      ...(setting.inverse === undefined ? {} : { inverse: setting.inverse }),
    }
    const plan = planOf({ sums: ['reduceByKeyAndWindow', params] }, 1)
    const run = new WindowRun(setting, await LoneExecutor.start(plan, { importModule }))
    for (let batch = 0; batch <= setting.panes + 1; batch++) {
      run.receive()
      await run.makePane()
      if (batch >= setting.panes - 1 || setting.inverse !== undefined) await run.slide()
    }
    return run
  }

  /** The next batch's records: texts of its own, as out of a block of lines. */
  receive(): readonly Pair[] {
    this.batch += 1
    const { batch, executor, setting } = this
    const { plan } = executor
    const names: string[] = []
    for (let record = 0; record < setting.records; record++) names.push(`user-${this.random(setting.keys)}-of-many`)
    const pairs = names
      .join('\n')
      .split('\n')
      .map((name): Pair => [name, this.random(100)])
    const timeMs = batch * 1000
    executor.add(this.id(0), streamOf(plan, 'rows', 'source'), timeMs, { kind: 'blocks', partitions: 1 })
    executor.add(this.id(1), streamOf(plan, 'pairs', 'narrow'), timeMs, { kind: 'derived', parents: [this.id(0)] })
    executor.add(this.id(2), streamOf(plan, 'sums', 'shuffled'), timeMs, { kind: 'derived', parents: [this.id(1)] })
    executor.keep(this.id(0), pairs)
    this.addWindow(timeMs)
    // Windows that nobody has slid to hold their panes.
    for (const role of [3, 4]) executor.forget(this.id(role, MOST_AHEAD))
    return pairs
  }

  /** Combines the batch's records by key. */
  async makePane(): Promise<void> {
    await this.executor.make(this.id(2))
    this.executor.forget(this.id(0))
    this.executor.forget(this.id(1))
    this.executor.forget(this.id(2, this.setting.panes + 1))
  }

  /** The last batch that was received. */
  get lastBatch(): number {
    return this.batch
  }

  /** The window up to a batch, the last one when nothing is said. */
  async slide(batch = this.batch): Promise<void> {
    const ago = this.batch - batch
    await this.executor.make(this.id(4, ago))
    this.executor.forget(this.id(3, ago))
    this.executor.forget(this.id(4, ago + 2))
  }

  /** All pairs of the window up to this batch. */
  all(): Promise<readonly unknown[]> {
    return this.executor.make(this.id(4), Number.POSITIVE_INFINITY)
  }

  private addWindow(timeMs: number): void {
    const { batch, executor, setting } = this
    const { plan } = executor
    const panes = Array.from({ length: Math.min(setting.panes, batch) }, (_, age) => this.id(2, age)).reverse()
    if (setting.inverse === undefined) {
      executor.add(this.id(3), streamOf(plan, 'sums', 'windowed'), timeMs, { kind: 'derived', parents: panes })
      executor.add(this.id(4), streamOf(plan, 'sums', 'shuffled', 1), timeMs, {
        kind: 'derived',
        parents: [this.id(3)],
      })
      return
    }
    executor.add(this.id(4), streamOf(plan, 'sums', 'reducedWindow'), timeMs, {
      kind: 'reducedWindow',
      previous: batch === 1 ? undefined : this.id(4, 1),
      old: batch > setting.panes ? [this.id(2, setting.panes)] : [],
      recent: [this.id(2)],
    })
  }

  private id(role: number, batchesAgo = 0): number {
    return (this.batch - batchesAgo) * 10 + role
  }

  private random(below: number): number {
    this.seed = (Math.imul(this.seed, 1_664_525) + 1_013_904_223) | 0
    return (this.seed >>> 8) % below
  }
}
