import type { Plan } from '#engine/compile/plan.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { Fault, FaultTargets } from '#engine/model/fault.ts'
import { LONG_CHAIN, type StreamLineage } from '#engine/model/lineage.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import { ChainedDStream } from '#engine/runtime/driver/dstreams/chained-dstream.ts'
import type { DStream } from '#engine/runtime/driver/dstreams/dstream.ts'
import type { DStreamGraph } from '#engine/runtime/driver/graph/dstream-graph.ts'
import { measureLineage } from '#engine/runtime/driver/graph/measure-lineage.ts'
import type { BlockTracker } from '#engine/runtime/driver/receivers/block-tracker.ts'
import type { ReceiverTracker } from '#engine/runtime/driver/receivers/receiver-tracker.ts'
import type { JobScheduler } from '#engine/runtime/driver/scheduling/job-scheduler.ts'
import type { FaultRecords } from './fault-records.ts'
import type { IncidentLog } from './incident-log.ts'
import { Repetition } from './repetition.ts'
import { slowableStreams } from './slowable-streams.ts'

export interface FaultOptions extends FaultRecords {
  readonly plan: Plan
  readonly timers: Timers
  readonly listener: Pick<RunListener, 'onWarning'>
  readonly scheduler: JobScheduler
  readonly receivers: ReceiverTracker
  readonly blocks: BlockTracker
  readonly graph: DStreamGraph
}

/** Faults that the driver itself can bring about, each by the way that the real one takes. */
export class Faults {
  private readonly options: FaultOptions
  private repetitions: readonly Repetition[] = []
  /** Connections that are down on demand: they are back in the first batch after that. */
  private readonly back = new Set<string>()

  /** Nodes whose chain has been called long. */
  private readonly long = new Set<string>()
  /** Streams that go on from themselves, as long as their chain has not been called long. */
  private chained: readonly DStream[]
  /** The newest batch that was completed. */
  newestMs: number | undefined

  constructor(options: FaultOptions) {
    this.options = options
    this.chained = options.graph.streams.filter((stream) => stream instanceof ChainedDStream)
  }

  get incidents(): IncidentLog {
    return this.options.incidents
  }

  get isCheckpointing(): boolean {
    return this.options.plan.checkpointing
  }

  /** How far back the stateful streams lead, and what it would take to make them again. */
  lineage(): readonly StreamLineage[] {
    return measureLineage(this.options.graph.streams, this.options.cost.meanMs)
  }

  /** The run is over. */
  stop(): void {
    this.options.incidents.stop()
  }

  /** Fails: why there is nothing to strike, in words */
  inject(fault: Exclude<Fault, { kind: 'quota' | 'corruption' }>): Result<void, string> {
    switch (fault.kind) {
      case 'executor':
        return this.options.scheduler.kill(fault.executor)
          ? ok(undefined)
          : err(`Executor ${fault.executor} does not run now.`)
      case 'connection':
        return this.drop(fault.node)
      case 'duplicates':
        return this.repeat(fault.node, fault.records)
      case 'slow':
        return this.slowDown(fault)
    }
  }

  targets(): Pick<FaultTargets, 'executors' | 'receivers' | 'slowable' | 'slow'> {
    const { plan, receivers, slow } = this.options
    const { current } = slow
    return {
      executors: plan.executors,
      receivers: receivers.targets(),
      slowable: slowableStreams(plan).map(({ node }) => node),
      ...(current === undefined ? {} : { slow: current }),
    }
  }

  /** To be called before the batch's blocks are forgotten. */
  batchCompleted(info: BatchInfo): void {
    const { incidents, blocks, scheduler, slow, cost } = this.options
    this.newestMs = Math.max(this.newestMs ?? info.batchTimeMs, info.batchTimeMs)
    cost.add(info.processingDelayMs ?? 0)
    for (const id of this.back) incidents.learn('connection', id, { backMs: info.batchTimeMs }, 'settled')
    this.back.clear()
    for (const repetition of this.repetitions) repetition.look(info.batchTimeMs, blocks)
    this.repetitions = this.repetitions.filter(({ isOver }) => !isOver)
    slow.batchCompleted(info, Math.max(0, scheduler.size - 1))
    this.warnOfLongChains()
  }

  private warnOfLongChains(): void {
    const { listener } = this.options
    for (const { node, depth } of measureLineage(this.chained, undefined)) {
      if (depth < LONG_CHAIN) continue
      this.long.add(node)
      const advice = 'Set a shorter checkpoint interval.'
      listener.onWarning(
        `The lineage of "${node}" is ${depth} batches long since its last data checkpoint: a lost executor would have all of them made again. ${advice}`,
        node,
      )
    }
    if (this.long.size > 0) this.chained = this.chained.filter(({ stream }) => !this.long.has(stream.node))
  }

  private drop(node: string): Result<void, string> {
    const { receivers, incidents, timers } = this.options
    const beganMs = timers.now()
    const records = receivers.states().find((state) => state.node === node)?.records ?? 0
    let id = ''
    const isDropped = receivers.drop(node, () => {
      incidents.learn('connection', id, { downMs: timers.now() - beganMs })
      this.back.add(id)
    })
    if (!isDropped) return err(`"${node}" has no connection now.`)
    id = incidents.begin({ kind: 'connection', node, records }, { onDemand: true })
    return ok(undefined)
  }

  private repeat(node: string, records: number): Result<void, string> {
    const { receivers, incidents } = this.options
    const sent = receivers.redeliver(node, records)
    if (sent === undefined || sent.records === 0)
      return err(`"${node}" has received nothing yet that could come again.`)
    const facts = { kind: 'duplicates' as const, node, records: sent.records, batches: [] }
    const id = incidents.begin(facts, { onDemand: true, next: true })
    this.repetitions = [...this.repetitions, new Repetition(incidents, id, sent)]
    return ok(undefined)
  }

  private slowDown({ node, partition, delayMs }: Extract<Fault, { kind: 'slow' }>): Result<void, string> {
    const { plan, slow } = this.options
    if (delayMs <= 0) {
      slow.end()
      return ok(undefined)
    }
    const stream = slowableStreams(plan).find((each) => each.node === node)
    if (stream === undefined) return err(`No partition of "${node}" is computed by itself.`)
    slow.begin(node, { stream: stream.id, partition, delayMs })
    return ok(undefined)
  }
}
