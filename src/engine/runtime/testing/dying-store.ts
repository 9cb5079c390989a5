import type { CheckpointStep, CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import type { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'

/** A store whose driver dies at the given write, counted from 1: that one and all later ones fail. */
export class DyingStore implements CheckpointStore {
  /** What was written before. */
  readonly kept: MemoryCheckpointStore
  /** Resolves at the write that fails. */
  readonly death: Promise<void>
  writes = 0
  private readonly diesAt: number
  private die: () => void = () => {}

  constructor(kept: MemoryCheckpointStore, diesAt: number) {
    this.kept = kept
    this.diesAt = diesAt
    this.death = new Promise((resolve) => {
      this.die = resolve
    })
  }

  read(): Promise<ReadonlyMap<string, string>> {
    return this.kept.read()
  }

  async write(step: CheckpointStep): Promise<void> {
    this.writes += 1
    if (this.writes < this.diesAt) return this.kept.write(step)
    this.die()
    throw new Error('The driver is dead.')
  }

  clear(): Promise<void> {
    return this.kept.clear()
  }
}
