import { booleanOf, wholeOf } from '#engine/compile/conf.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import type { Timers } from '#engine/runtime/driver/clock/timers.ts'
import type { ReceivedBlock } from './block-tracker.ts'

/** Where the log is kept; each call says whether it is stored. */
export interface BlockLogStore {
  logBlock(block: ReceivedBlock, withRecords: boolean): Promise<boolean>
  logAllocation(timeMs: number, ids: readonly number[]): Promise<boolean>
}

/** The log of received blocks. What the driver knows of them is logged whenever there is a checkpoint directory; their records only while
 *  spark.streaming.receiver.writeAheadLog.enable is on. Each write is tried a few times.
 *  Source: ReceivedBlockTracker.writeToLog, WriteAheadLogBasedBlockHandler, FileBasedWriteAheadLog.write; dstream-semantics §7.5, §7.6 */
export class ReceivedBlockLog {
  /** Whether records are logged too. */
  readonly keepsRecords: boolean
  private readonly store: BlockLogStore | undefined
  private readonly timers: Timers
  private readonly tries: { readonly receiver: number; readonly driver: number }
  private readonly timeoutMs: number

  /** Without a store nothing is logged, and every write succeeds. */
  constructor(store: BlockLogStore | undefined, conf: Conf, timers: Timers) {
    this.store = store
    this.timers = timers
    this.keepsRecords = store !== undefined && booleanOf(conf, 'spark.streaming.receiver.writeAheadLog.enable')
    this.tries = {
      receiver: wholeOf(conf, 'spark.streaming.receiver.writeAheadLog.maxFailures'),
      driver: wholeOf(conf, 'spark.streaming.driver.writeAheadLog.maxFailures'),
    }
    this.timeoutMs = 1000 * wholeOf(conf, 'spark.streaming.receiver.blockStoreTimeout')
  }

  /** Logs a block before it may be allocated. False: it is not stored, or not within spark.streaming.receiver.blockStoreTimeout. */
  async addition(block: ReceivedBlock): Promise<boolean> {
    const { store, keepsRecords } = this
    if (store === undefined) return true
    const written = attempt(this.tries.receiver, () => store.logBlock(block, keepsRecords))
    return keepsRecords ? this.inTime(written) : written
  }

  /** Logs which blocks belong to a batch, before it is generated. */
  async allocation(timeMs: number, ids: readonly number[]): Promise<boolean> {
    const { store } = this
    return store === undefined || attempt(this.tries.driver, () => store.logAllocation(timeMs, ids))
  }

  private inTime(written: Promise<boolean>): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.timers.after(this.timeoutMs, () => resolve(false))
      void written.then((stored) => {
        cancel()
        resolve(stored)
      })
    })
  }
}

async function attempt(tries: number, write: () => Promise<boolean>): Promise<boolean> {
  for (let tried = 0; tried < tries; tried++) if (await write()) return true
  return false
}
