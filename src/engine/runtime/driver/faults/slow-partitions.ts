import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { BatchOrder, SlowPartition } from '#engine/runtime/wire.ts'
import type { BatchCost } from './batch-cost.ts'
import type { IncidentLog } from './incident-log.ts'

/** The partition that is slow on demand, if one is: executors are asked to take their time over it until that ends.
 *  Source: a straggler, as Spark's speculation looks for */
export class SlowPartitions {
  private readonly incidents: IncidentLog
  private readonly cost: BatchCost
  private run: Slowness | undefined
  private slowedMs = 0

  constructor(incidents: IncidentLog, cost: BatchCost) {
    this.incidents = incidents
    this.cost = cost
  }

  /** From the next batch on; one before it ends. */
  begin(node: string, order: SlowPartition): void {
    this.end()
    const usualMs = this.cost.meanMs
    const facts = { kind: 'slow' as const, node, partition: order.partition, delayMs: order.delayMs }
    const id = this.incidents.begin(
      { ...facts, batches: 0, waiting: 0, ...(usualMs === undefined ? {} : { usualMs }) },
      { onDemand: true, next: true },
    )
    this.run = { id, node, order, batches: 0, waiting: 0, lastMs: undefined }
    this.slowedMs = 0
  }

  /** Also when its executor is lost: whoever takes its place is not slow. */
  end(): void {
    if (this.run === undefined) return
    const { id, lastMs } = this.run
    this.incidents.learn('slow', id, lastMs === undefined ? {} : { endedMs: lastMs }, 'settled')
    this.run = undefined
  }

  get current(): { readonly node: string; readonly partition: number; readonly delayMs: number } | undefined {
    if (this.run === undefined) return undefined
    const { partition, delayMs } = this.run.order
    return { node: this.run.node, partition, delayMs }
  }

  orderPart(): Pick<BatchOrder, 'slow'> {
    return this.run === undefined ? {} : { slow: this.run.order }
  }

  /** `waiting`: batches behind this one. */
  batchCompleted({ batchTimeMs, processingDelayMs = 0 }: BatchInfo, waiting: number): void {
    const { run } = this
    if (run === undefined) return
    run.batches += 1
    run.waiting = Math.max(run.waiting, waiting)
    run.lastMs = batchTimeMs
    this.slowedMs += processingDelayMs
    this.incidents.learn('slow', run.id, {
      batches: run.batches,
      slowMs: this.slowedMs / run.batches,
      waiting: run.waiting,
    })
  }
}

interface Slowness {
  readonly id: string
  readonly node: string
  readonly order: SlowPartition
  batches: number
  waiting: number
  /** The last batch that it slowed. */
  lastMs: number | undefined
}
