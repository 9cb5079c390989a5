import type { ExecutorLink } from './executor-link.ts'

/** The executors of a process between two StreamingContexts: who is stopped without stopping this leaves its executors here.
 *  Source: SparkContext, as far as StreamingContext.stop(stopSparkContext) needs it */
export class SparkContext {
  isStopped = false
  private idle: readonly ExecutorLink[] = []

  /** Executors that nobody uses. */
  get executors(): readonly ExecutorLink[] {
    return this.idle
  }

  /** Takes back executors that are alive and owe no answer. */
  giveBack(links: readonly ExecutorLink[]): void {
    if (this.isStopped) for (const link of links) link.close()
    else this.idle = links
  }

  /** Hands out the executors that wait here; none when there are none. */
  take(): readonly ExecutorLink[] {
    const { idle } = this
    this.idle = []
    return idle
  }

  /** Ends the executors for good. */
  stop(): void {
    this.isStopped = true
    for (const link of this.take()) link.close()
  }
}
