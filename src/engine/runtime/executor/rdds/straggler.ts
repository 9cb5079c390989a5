import type { BatchOrder } from '#engine/runtime/wire.ts'
import type { Rdd } from './rdd.ts'

/** Makes one partition late, on demand: its executor is busy with nothing, as with a slow machine or a skewed key. */
export class Straggler {
  private readonly order: Pick<BatchOrder, 'timeMs' | 'slow'>
  private readonly now: () => number
  private isOver = false

  constructor(order: Pick<BatchOrder, 'timeMs' | 'slow'>, now: () => number) {
    this.order = order
    this.now = now
  }

  /** Waits before this partition, once in a batch; without a clock not at all. */
  delay({ spec }: Pick<Rdd, 'spec'>, partition: number): void {
    const { slow, timeMs } = this.order
    if (slow === undefined || this.isOver || spec.timeMs !== timeMs) return
    if (spec.stream !== slow.stream || partition !== slow.partition) return
    this.isOver = true
    const untilMs = this.now() + slow.delayMs
    while (this.now() < untilMs);
  }
}
