import { allocationKey, blockKey, printAllocation, printBlock } from '#engine/checkpoint/block-log.ts'
import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { CheckpointWriter } from '#engine/checkpoint/checkpoint-writer.ts'
import { metadataKey, printSnapshot, snapshotKey } from '#engine/checkpoint/entries.ts'
import type { Metadata } from '#engine/checkpoint/metadata.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { streamKeys } from '#engine/compile/stream-keys.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import type { Allocations, ReceivedBlock } from '#engine/runtime/driver/receivers/block-tracker.ts'
import type { SnapshotShares } from '#engine/runtime/driver/scheduling/merge-replies.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { RunListener } from './run-listener.ts'

/** What only the context knows of the metadata to write. */
export type MetadataFacts = Omit<Metadata, 'version' | 'seq' | 'savedAtMs' | 'snapshots'>

/** Saves a run: metadata twice per batch, state when it is due, received blocks before they count.
 *  Source: JobGenerator.doCheckpoint, CheckpointWriter; dstream-semantics §11 */
export class Checkpointer {
  private readonly writer: CheckpointWriter
  private readonly nowMs: () => number
  private readonly listener: RunListener
  private readonly streamKeys: readonly string[]
  private seq = 0
  private lastTimeMs = 0
  /** Stored snapshots whose RDDs are still remembered. */
  private readonly snapshots = new Map<RddId, readonly [string, number]>()
  private obsolete: string[] = []
  private hasFailed = false
  /** What the store would not take. */
  private readonly unsaved = new Map<string, string>()

  constructor(store: CheckpointStore, plan: Plan, nowMs: () => number, listener: RunListener) {
    this.streamKeys = streamKeys(plan)
    this.nowMs = nowMs
    this.listener = listener
    this.writer = new CheckpointWriter(store, nowMs, (step) =>
      listener.onCheckpoint({ timeMs: this.lastTimeMs, ...step }),
    )
  }

  /** Goes on from stored metadata: snapshots that were restored stay named. */
  resume(seq: number, restored: readonly RddHandle[]): void {
    this.seq = seq + 1
    for (const { spec } of restored) this.snapshots.set(spec.id, this.nameOf(spec))
  }

  /** Stores what is known of a received block before it may be allocated to a batch, with its records where a write-ahead log is on.
   *  False when the log could not be written. */
  logBlock(block: ReceivedBlock, withRecords: boolean): Promise<boolean> {
    return this.guard(this.writer.write(new Map([[blockKey(block.id), printBlock(block, withRecords)]])))
  }

  /** Stores which blocks belong to a batch, before it is generated. False when the log could not be written. */
  logAllocation(timeMs: number, ids: readonly number[]): Promise<boolean> {
    return this.guard(this.writer.write(new Map([[allocationKey(timeMs), printAllocation(timeMs, ids)]])))
  }

  /** Cuts the lineage of RDDs whose records came back, and stores them with the next metadata. */
  cut(rdds: readonly RddHandle[], snapshots: ReadonlyMap<RddId, SnapshotShares>): Map<string, string> {
    const put = new Map<string, string>()
    for (const rdd of rdds) {
      const shares = snapshots.get(rdd.spec.id)
      if (!rdd.spec.checkpoint || shares === undefined || shares.texts.size < shares.partitions) continue
      const { texts, partitioner } = shares
      const partitions = [...texts].sort(([a], [b]) => a - b).map(([, text]) => text)
      rdd.payloads = partitions.map((text) => ({ kind: 'tagged', text }) as const)
      rdd.partitioner = partitioner
      rdd.checkpointed = true
      rdd.parents = []
      const name = this.nameOf(rdd.spec)
      this.snapshots.set(rdd.spec.id, name)
      put.set(snapshotKey(...name), printSnapshot({ partitions, partitioner }))
    }
    return put
  }

  /** RDDs and blocks that nothing needs any more: removed with the next metadata, which no longer names them. */
  forget(rdds: Iterable<RddHandle>, blocks: Allocations): void {
    const keys = blocks.flatMap(([timeMs, ids]) => [allocationKey(timeMs), ...ids.map(blockKey)])
    for (const { spec } of rdds) if (this.snapshots.delete(spec.id)) keys.push(snapshotKey(...this.nameOf(spec)))
    this.obsolete.push(...keys)
    for (const key of keys) this.unsaved.delete(key)
  }

  /** Entries that the next metadata makes needless. */
  drop(keys: readonly string[]): void {
    this.obsolete.push(...keys)
    for (const key of keys) this.unsaved.delete(key)
  }

  /** Writes metadata, with `data` in the same step. Resolves when it is stored, also when it failed: the run goes on and says so. */
  async save(facts: MetadataFacts, data: ReadonlyMap<string, string> = new Map()): Promise<void> {
    this.seq += 1
    this.lastTimeMs = facts.checkpointMs
    const metadata: Metadata = {
      version: 2,
      seq: this.seq,
      savedAtMs: this.nowMs(),
      ...facts,
      snapshots: [...this.snapshots.values()].map(([stream, timeMs]) => [stream, timeMs]),
    }
    const remove = this.obsolete
    this.obsolete = []
    const put = new Map([...this.unsaved, ...data])
    this.unsaved.clear()
    await this.write(put, remove, [metadataKey(this.seq), JSON.stringify(metadata)])
  }

  private nameOf({ stream, timeMs }: RddHandle['spec']): readonly [stream: string, timeMs: number] {
    const key = this.streamKeys[stream]
    invariant(key !== undefined, `stream ${stream} is in the plan`)
    return [key, timeMs]
  }

  /** Writes entries; those that could not be stored go with the next metadata, which names them. */
  private async write(
    put: ReadonlyMap<string, string>,
    remove: readonly string[] = [],
    ...metadata: readonly (readonly [string, string])[]
  ): Promise<void> {
    if (await this.guard(this.writer.write(new Map([...put, ...metadata]), remove))) return
    const gone = new Set([...remove, ...this.obsolete])
    for (const [key, text] of put) if (!gone.has(key) && !this.unsaved.has(key)) this.unsaved.set(key, text)
    this.obsolete.push(...remove)
  }

  private async guard(written: Promise<void>): Promise<boolean> {
    try {
      await written
      this.hasFailed = false
      return true
    } catch (error) {
      if (!this.hasFailed)
        this.listener.onWarning(
          `The checkpoint could not be written: ${error instanceof Error ? error.message : String(error)}. A reload would go back to the last one that was.`,
        )
      this.hasFailed = true
      return false
    }
  }
}
