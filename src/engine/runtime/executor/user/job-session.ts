import type { FunctionLogs } from '#engine/model/batch-data.ts'
import type { Rdd } from '#engine/rdd/rdd.ts'
import type { SparkContext } from '#engine/rdd/spark-context.ts'
import type { BatchOrder } from '#engine/runtime/wire.ts'
import { AccumulatorLedger } from './accumulator-ledger.ts'
import type { LogBook } from './log-book.ts'
import { LogPage } from './log-page.ts'
import type { Session, SharedVariables } from './shared-variables.ts'

/** What one job's functions have of the world: their accumulators and broadcasts, and a page to log on. Jobs take turns on an executor, so
 *  whoever calls a function says first whose it is. */
export class JobSession implements Session {
  readonly ledger: AccumulatorLedger
  readonly isRecovered: boolean
  sparkContext: SparkContext<Rdd> | undefined
  private readonly shared: SharedVariables
  private readonly log: LogBook
  private readonly page = new LogPage()

  constructor(shared: SharedVariables, log: LogBook, order: Pick<BatchOrder, 'shared'>) {
    this.shared = shared
    this.log = log
    this.isRecovered = order.shared?.recovered === true
    this.ledger = new AccumulatorLedger(shared.initial, order.shared?.totals ?? {})
  }

  get hasAccumulators(): boolean {
    return this.shared.initial.size > 0
  }

  get lines(): readonly string[] {
    return this.page.lines()
  }

  /** What functions other than a body of foreachRDD logged. */
  get logs(): FunctionLogs | undefined {
    return this.page.logs()
  }

  /** From here on functions are this job's, until another one takes its turn. */
  enter(): void {
    this.shared.session = this
    this.log.page = this.page
  }

  /** The job is over. */
  leave(): void {
    if (this.shared.session === this) this.shared.session = undefined
  }

  /** Runs a body of foreachRDD: what it logs is the output.
   *  Fails: throws what the body throws */
  inOutput(sparkContext: SparkContext<Rdd>, body: () => void): void {
    this.page.isOfBody = true
    try {
      this.inBody(sparkContext, body)
    } finally {
      this.page.isOfBody = false
    }
  }

  /** Runs a body of transform or foreachRDD.
   *  Fails: throws what the body throws */
  inBody<T>(sparkContext: SparkContext<Rdd>, body: () => T): T {
    this.enter()
    this.sparkContext = sparkContext
    try {
      return body()
    } finally {
      this.sparkContext = undefined
    }
  }
}
