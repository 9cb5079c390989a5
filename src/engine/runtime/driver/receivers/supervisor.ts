import type { CodeFrame } from '#engine/model/batch-data.ts'
import type { ReceiverState } from '#engine/model/run-state.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'

/** What keeps one receiver going, whatever it receives from.
 *  Source: ReceiverSupervisor */
export interface Supervisor {
  readonly state: ReceiverState
  /** To take nothing more from a source that can wait, or to go on. `buffered`: characters of all receivers that no batch has processed. */
  hold(isHeld: boolean, buffered: number): void
  /** What was received and is in no block yet. */
  readonly blocks: { readonly waitingChars: number }
  start(): void
  /** Refuses new data and pushes out what was received; resolves when all of it is in blocks. Not graceful: without waiting long. */
  stop(graceful: boolean): Promise<void>
  /** Records a second that may pass from now on; caps stay, and a rate that is not above 0 changes nothing. */
  updateRate(rate: number): void
  /** Makes a block of what waits at once, as far as the rate limit allows, for a clock that does not wait for the block interval. */
  flush(): Promise<void>
}

export interface SupervisorOptions {
  readonly node: string
  readonly streamId: number
  readonly timers: Timers
  readonly blockIntervalMs: number
  /** spark.streaming.blockQueueSize. */
  readonly blockQueueSize: number
  /** spark.streaming.receiver.maxRate in records a second; Infinity = no limit. The receiver's own highest rate caps beside it. */
  readonly maxRate: number
  /** spark.streaming.backpressure.initialRate; Infinity = none. */
  readonly initialRate: number
  /** spark.streaming.receiverRestartDelay. */
  readonly restartDelayMs: number
  /** Over which time it is told how much of it a source was held; undefined: it is not. */
  readonly heldOverMs: number | undefined
  /** Resolves when the block is stored. */
  onBlock(payload: BlockPayload, records: number): Promise<void>
  /** So many characters came. */
  onReceived(chars: number): void
  onChange(): void
  onWarning(message: string, frames?: readonly CodeFrame[]): void
}
