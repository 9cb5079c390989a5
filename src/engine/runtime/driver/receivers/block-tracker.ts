import type { BlockPayload } from '#engine/runtime/wire.ts'
import { charsOfBlock } from './block-text.ts'
import type { Unprocessed } from './intake-window.ts'

/** What a receiver stored at once: it becomes one partition. */
export interface ReceivedBlock {
  /** Counts over all streams in order of arrival. */
  readonly id: number
  readonly inputStreamId: number
  readonly records: number
  /** Undefined when it died with the driver that had it in memory, and no log holds it. */
  readonly payload: BlockPayload | undefined
}

/** Block ids by batch: [batch time, block ids]. */
export type Allocations = readonly (readonly [number, readonly number[]])[]

/** Writes what was allocated to a batch; whether that is stored. */
export type LogAllocation = (timeMs: number, ids: readonly number[]) => Promise<boolean>

/** Blocks on their way into batches.
 *  Source: scheduler/ReceivedBlockTracker; dstream-semantics §7.5 */
export class BlockTracker {
  /** In order of arrival. */
  private queued: ReceivedBlock[] = []
  private readonly allocated = new Map<number, readonly ReceivedBlock[]>()
  /** Characters of batches that were allocated here and are not completed, by batch time. */
  private readonly unprocessed = new Map<number, number>()
  private lastAllocatedMs = Number.NEGATIVE_INFINITY
  /** A batch has taken what was queued. */
  onAllocated: () => void = () => {}

  add(block: ReceivedBlock): void {
    this.queued.push(block)
  }

  /** Gives every queued block to this batch. An older or equal time changes nothing: its allocation stands. */
  allocate(timeMs: number): void {
    if (timeMs > this.lastAllocatedMs) this.give(timeMs, this.queued.length)
  }

  /** As `allocate`, once that is logged. When the log cannot be written the blocks stay queued, and the batch has none. */
  async allocateLogged(timeMs: number, log: LogAllocation): Promise<void> {
    if (timeMs <= this.lastAllocatedMs) return
    const ids = this.queued.map(({ id }) => id)
    if (await log(timeMs, ids)) this.give(timeMs, ids.length)
  }

  /** The batch's blocks are no work any more. Gives how many characters they held. */
  completed(timeMs: number): number {
    const chars = this.unprocessed.get(timeMs) ?? 0
    this.unprocessed.delete(timeMs)
    return chars
  }

  /** Characters of records that no completed batch has taken. What a recovery found allocated does not count: some of it was processed. */
  get unprocessedChars(): Unprocessed {
    const queued = charsOf(this.queued)
    return { queued, all: [...this.unprocessed.values()].reduce((sum, chars) => sum + chars, queued) }
  }

  /** The first blocks of the queue. */
  private give(timeMs: number, count: number): void {
    const blocks = this.queued.splice(0, count)
    this.allocated.set(timeMs, blocks)
    this.unprocessed.set(timeMs, charsOf(blocks))
    this.lastAllocatedMs = timeMs
    this.onAllocated()
  }

  blocksOf(timeMs: number, inputStreamId: number): readonly ReceivedBlock[] {
    return (this.allocated.get(timeMs) ?? []).filter((block) => block.inputStreamId === inputStreamId)
  }

  hasUnallocated(): boolean {
    return this.queued.length > 0
  }

  /** Takes up a log: blocks in order of arrival, and what was allocated of them. */
  restore(blocks: readonly ReceivedBlock[], allocations: Allocations): void {
    const byId = new Map(blocks.map((block) => [block.id, block]))
    for (const [timeMs, ids] of allocations) {
      const given = ids.map((id) => byId.get(id)).filter((block) => block !== undefined)
      for (const id of ids) byId.delete(id)
      this.allocated.set(timeMs, given)
      this.lastAllocatedMs = Math.max(this.lastAllocatedMs, timeMs)
    }
    this.queued = [...byId.values(), ...this.queued]
  }

  /** Takes back what was allocated from this time on: it is queued again, before what came later. Gives the batches it was allocated to. */
  takeBack(fromMs: number): readonly number[] {
    const taken = [...this.allocated].filter(([timeMs]) => timeMs >= fromMs)
    for (const [timeMs] of taken) {
      this.allocated.delete(timeMs)
      this.unprocessed.delete(timeMs)
    }
    if (taken.length > 0) this.lastAllocatedMs = Math.max(...this.allocated.keys(), Number.NEGATIVE_INFINITY)
    this.queued = [...taken.flatMap(([, blocks]) => blocks), ...this.queued]
    return taken.map(([timeMs]) => timeMs)
  }

  /** Forgets batches strictly older. Gives what was allocated to them. */
  cleanup(beforeMs: number): Allocations {
    const forgotten: [number, readonly number[]][] = []
    for (const [timeMs, blocks] of this.allocated) {
      if (timeMs >= beforeMs) continue
      forgotten.push([timeMs, blocks.map((block) => block.id)])
      this.allocated.delete(timeMs)
      this.unprocessed.delete(timeMs)
    }
    return forgotten
  }
}

function charsOf(blocks: readonly ReceivedBlock[]): number {
  return blocks.reduce((sum, { payload }) => sum + (payload === undefined ? 0 : charsOfBlock(payload)), 0)
}
