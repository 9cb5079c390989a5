import type { Plan } from '#engine/compile/plan.ts'
import type { ReceiverState } from '#engine/model/run-state.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'
import type { BlockTracker, ReceivedBlock } from './block-tracker.ts'
import type { Connect } from './receiver-connection.ts'
import { ReceiverSupervisor } from './receiver-supervisor.ts'
import type { RunListener } from './run-listener.ts'
import type { Timers } from './timers.ts'

const BLOCK_INTERVAL_MS = 200
const RESTART_DELAY_MS = 2_000

export interface TrackerOptions {
  readonly plan: Plan
  readonly timers: Timers
  readonly connect: Connect
  readonly listener: RunListener
  readonly conf: Readonly<Record<string, string | number | boolean>>
  /** Stores a block before it counts; at once where nothing is stored. */
  log(block: ReceivedBlock): Promise<void>
}

/** The run's receivers and the blocks they store.
 *  Source: scheduler/ReceiverTracker */
export class ReceiverTracker {
  readonly blocks: BlockTracker
  private readonly options: TrackerOptions
  private readonly supervisors: readonly ReceiverSupervisor[]
  private nextId = 0
  /** Blocks being stored; a graceful stop waits for them. */
  private storing = new Set<Promise<void>>()

  constructor(options: TrackerOptions, blocks: BlockTracker) {
    this.options = options
    this.blocks = blocks
    this.supervisors = options.plan.inputs.flatMap(({ inputStreamId, node, stream }) => {
      const spec = options.plan.streams[stream]?.spec
      if (spec?.kind !== 'source' || spec.feed.kind !== 'receiver') return []
      return [
        new ReceiverSupervisor({
          node,
          streamId: inputStreamId,
          feed: spec.feed.receiver,
          timers: options.timers,
          connect: options.connect,
          blockIntervalMs: durationOf(options.conf['spark.streaming.blockInterval'], BLOCK_INTERVAL_MS),
          restartDelayMs: durationOf(options.conf['spark.streaming.receiverRestartDelay'], RESTART_DELAY_MS),
          onBlock: (payload, records) => this.store(inputStreamId, payload, records),
          onChange: () => this.announce(),
          onWarning: (message) => options.listener.onWarning(message, node),
        }),
      ]
    })
  }

  get nextBlockId(): number {
    return this.nextId
  }

  get count(): number {
    return this.supervisors.length
  }

  restore(nextId: number): void {
    this.nextId = nextId
  }

  start(): void {
    for (const supervisor of this.supervisors) supervisor.start()
  }

  /** Resolves when everything received is stored and may be allocated. */
  async stop(): Promise<void> {
    for (const supervisor of this.supervisors) supervisor.stop()
    await Promise.all(this.storing)
  }

  /** Lines that a person typed for a node; false when no such receiver runs. */
  type(node: string, lines: readonly string[]): boolean {
    const supervisor = this.supervisors.find((each) => each.state.node === node)
    supervisor?.type(lines)
    return supervisor !== undefined
  }

  /** Makes blocks of all that waits, and waits until they are stored: for a step of the virtual clock. */
  async flush(): Promise<void> {
    for (const supervisor of this.supervisors) supervisor.cut()
    await Promise.all(this.storing)
  }

  states(): readonly ReceiverState[] {
    return this.supervisors.map((supervisor) => supervisor.state)
  }

  private announce(): void {
    this.options.listener.onReceivers(this.states())
  }

  private store(inputStreamId: number, payload: BlockPayload, records: number): void {
    const block: ReceivedBlock = { id: this.nextId++, inputStreamId, records, payload }
    const stored = this.options.log(block).then(() => {
      this.blocks.add(block)
      this.storing.delete(stored)
      this.announce()
    })
    this.storing.add(stored)
  }
}

/** Spark's durations: a number of ms, or a text such as `200ms`, `2s`, `1min`. */
export function durationOf(value: string | number | boolean | undefined, fallbackMs: number): number {
  const match = /^(\d+)\s*(ms|s|m|min|h)?$/.exec(String(value ?? ''))
  const factors: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 }
  if (match === null) return fallbackMs
  const ms = Number(match[1]) * (factors[match[2] ?? 'ms'] ?? 1)
  return ms > 0 ? ms : fallbackMs
}
