import type { BlockPayload } from '#engine/runtime/wire.ts'

/** What a receiver stored at once: it becomes one partition. */
export interface ReceivedBlock {
  /** Counts over all streams in order of arrival. */
  readonly id: number
  readonly inputStreamId: number
  readonly records: number
  readonly payload: BlockPayload
}

/** Blocks on their way into batches.
 *  Source: scheduler/ReceivedBlockTracker; dstream-semantics §7.5 */
export class BlockTracker {
  private queued: ReceivedBlock[] = []
  private readonly allocated = new Map<number, readonly ReceivedBlock[]>()
  private lastAllocatedMs = Number.NEGATIVE_INFINITY

  add(block: ReceivedBlock): void {
    this.queued.push(block)
  }

  /** Gives every queued block to this batch. An older or equal time changes nothing: its allocation stands. */
  allocate(timeMs: number): void {
    if (timeMs <= this.lastAllocatedMs) return
    this.allocated.set(timeMs, this.queued)
    this.queued = []
    this.lastAllocatedMs = timeMs
  }

  blocksOf(timeMs: number, inputStreamId: number): readonly ReceivedBlock[] {
    return (this.allocated.get(timeMs) ?? []).filter((block) => block.inputStreamId === inputStreamId)
  }

  hasUnallocated(): boolean {
    return this.queued.length > 0
  }

  /** Block ids by batch, for the checkpoint. */
  allocations(): readonly (readonly [number, readonly number[]])[] {
    return [...this.allocated].map(([timeMs, blocks]) => [timeMs, blocks.map((block) => block.id)] as const)
  }

  /** Takes up a log: blocks in order of arrival, and what was allocated of them. */
  restore(blocks: readonly ReceivedBlock[], allocations: readonly (readonly [number, readonly number[]])[]): void {
    const byId = new Map(blocks.map((block) => [block.id, block]))
    for (const [timeMs, ids] of allocations) {
      const given = ids.map((id) => byId.get(id)).filter((block) => block !== undefined)
      for (const id of ids) byId.delete(id)
      this.allocated.set(timeMs, given)
      this.lastAllocatedMs = Math.max(this.lastAllocatedMs, timeMs)
    }
    this.queued = [...byId.values(), ...this.queued]
  }

  /** Forgets batches strictly older. Gives the ids of their blocks. */
  cleanup(beforeMs: number): readonly number[] {
    const removed: number[] = []
    for (const [timeMs, blocks] of this.allocated) {
      if (timeMs >= beforeMs) continue
      removed.push(...blocks.map((block) => block.id))
      this.allocated.delete(timeMs)
    }
    return removed
  }
}
