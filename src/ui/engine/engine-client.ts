import type { Result } from '#engine/model/result.ts'
import type { BatchData } from '#protocol/batch-data.ts'
import type { StoredCheckpoint } from '#protocol/driver-service.ts'

/** All that the screen may ask of driver and executors. */
export interface EngineClient {
  /** Starts the document as it is now; `resume` goes on from its checkpoint when there is one. */
  run(from: 'resume' | 'fresh'): Promise<void>
  /** Stops what runs, then starts the document as it is now. */
  restart(): Promise<void>
  pause(): Promise<void>
  resume(): Promise<void>
  /** One batch of the paused virtual clock; starts the run paused when nothing runs. */
  step(): Promise<void>
  stop(options: { readonly graceful: boolean }): Promise<void>
  setSpeed(speed: number | 'max'): Promise<void>
  setClock(kind: 'virtual' | 'real'): void
  /** Lines typed into a source; gives how many were taken, or why none. */
  send(node: string, lines: readonly string[]): Promise<Result<number, string>>
  /** Keeps up to `limit` sample records of this node from the next batch on. */
  watch(node: string | undefined, limit: number): Promise<void>
  /** A past batch, from the screen's memory or the driver's; undefined when it is no longer kept. */
  batchData(timeMs: number): Promise<BatchData | undefined>
  findCheckpoint(pipelineId: string): Promise<StoredCheckpoint | undefined>
  deleteCheckpoint(pipelineId: string): Promise<void>
  /** Stops at once and forgets the run's figures: another document comes. */
  leave(): Promise<void>
}
