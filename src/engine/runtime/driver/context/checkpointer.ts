import { allocationKey, blockKey, printAllocation, printBlock } from '#engine/checkpoint/block-log.ts'
import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { CheckpointWriter } from '#engine/checkpoint/checkpoint-writer.ts'
import type { StoredRun } from '#engine/checkpoint/entries.ts'
import type { Metadata } from '#engine/checkpoint/metadata.ts'
import type { Pace } from '#engine/checkpoint/pace.ts'
import { SavedStates, type StateShare } from '#engine/checkpoint/saved-states.ts'
import type { Plan } from '#engine/compile/plan.ts'
import { streamKeys } from '#engine/compile/stream-keys.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import type { Allocations, ReceivedBlock } from '#engine/runtime/driver/receivers/block-tracker.ts'
import type { Collected } from '#engine/runtime/driver/scheduling/snapshot-collector.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { BatchOrder, SnapshotReport } from '#engine/runtime/wire.ts'
import type { RunListener } from './run-listener.ts'

/** What only the context knows of the metadata to write. */
export type MetadataFacts = Omit<Metadata, 'version' | 'seq' | 'savedAtMs' | 'snapshots'>

/** An attempt that failed may take so much of the time until the next one. */
const FAILING_SHARE = 0.1

/** Saves a run: metadata twice per batch, the states of each batch by what became other in it, received blocks before they count. The lineage is cut where
 *  Spark cuts it, at data checkpoints. While the store takes nothing the run goes on, and what is not stored waits.
 *  Source: JobGenerator.doCheckpoint, CheckpointWriter; dstream-semantics §11 */
export class Checkpointer {
  private readonly writer: CheckpointWriter
  private readonly nowMs: () => number
  private readonly listener: RunListener
  private readonly plan: Plan
  private readonly streamKeys: readonly string[]
  private seq = 0
  private lastTimeMs = 0
  private readonly states: SavedStates
  /** RDDs that are to be saved, or are, and remembered. */
  private readonly handles = new Map<RddId, RddHandle>()
  private obsolete: string[] = []
  private failure: { readonly triedAgainMs: number } | undefined
  constructor(store: CheckpointStore, plan: Plan, nowMs: () => number, listener: RunListener, pace?: Pace) {
    this.plan = plan
    this.states = new SavedStates(pace)
    this.streamKeys = streamKeys(plan)
    this.nowMs = nowMs
    this.listener = listener
    this.writer = new CheckpointWriter(store, nowMs, (step) =>
      listener.onCheckpoint({ timeMs: this.lastTimeMs, ...step }),
    )
  }

  /** Goes on from a stored run: states that were restored stay named as long as their RDDs are remembered. */
  resume({ metadata, slot, states, stateKeys }: StoredRun, restored: readonly RddHandle[]): void {
    this.seq = metadata.seq
    this.writer.resume(slot)
    for (const handle of restored) {
      const [stream, timeMs] = this.nameOf(handle.spec)
      const chains = states.chains.get(stream)
      if (chains !== undefined && !this.states.knows(stream))
        this.states.restore(stream, { ...chains, isChained: this.isChained(handle) })
      this.handles.set(handle.spec.id, handle)
      this.states.hold(stream, timeMs)
    }
    this.drop(stateKeys.filter((key) => !this.states.keeps(key)))
  }

  /** Stores what is known of a received block before it may be allocated to a batch, with its records where a write-ahead log is on.
   *  False when the log could not be written. */
  logBlock(block: ReceivedBlock, withRecords: boolean): Promise<boolean> {
    return this.guard(this.writer.write({ put: new Map([[blockKey(block.id), printBlock(block, withRecords)]]) }))
  }

  /** Stores which blocks belong to a batch, before it is generated. False when the log could not be written. */
  logAllocation(timeMs: number, ids: readonly number[]): Promise<boolean> {
    return this.guard(this.writer.write({ put: new Map([[allocationKey(timeMs), printAllocation(timeMs, ids)]]) }))
  }

  /** What is wanted whole with new RDDs, beside what became other in them. */
  wholes(rdds: readonly RddHandle[]): NonNullable<BatchOrder['wholes']> {
    const newest = new Map<number, RddHandle>()
    for (const rdd of rdds) if (this.isChained(rdd)) newest.set(rdd.spec.stream, rdd)
    return [...newest.values()].flatMap(({ spec }) => {
      const [stream, timeMs] = this.nameOf(spec)
      return this.states.wanted(stream, spec.id, timeMs)
    })
  }

  /** Takes up what came back of the states and of other RDDs that are to be saved, and cuts the lineage where a checkpoint is due. What it gives is to be stored
   *  with the next metadata. */
  cut({ rdds, snapshots, pieces }: Collected): Map<string, string> {
    const put = new Map<string, string>()
    for (const rdd of rdds) if (rdd.spec.checkpoint || this.isChained(rdd)) this.handles.set(rdd.spec.id, rdd)
    for (const [id, { partitions, partitioner, shares }] of snapshots) {
      const rdd = this.handles.get(id)
      if (rdd === undefined || rdd.spec.body.kind === 'restored') continue
      const name = this.nameOf(rdd.spec)
      const told = shares.map((share) => this.shareOf(share, rdd))
      const layout = { partitions, partitioner }
      for (const [key, text] of this.states.take(...name, layout, told, this.isChained(rdd))) put.set(key, text)
      const payloads = rdd.spec.checkpoint ? this.states.payloads(...name) : undefined
      if (payloads === undefined) continue
      rdd.payloads = payloads
      rdd.partitioner = partitioner
      rdd.checkpointed = true
      rdd.parents = []
      this.states.hold(...name)
    }
    for (const piece of pieces) for (const [key, text] of this.states.takePiece(piece)) put.set(key, text)
    return put
  }

  /** RDDs and blocks that nothing needs any more: removed with the next metadata, which no longer names them. */
  forget(rdds: Iterable<RddHandle>, blocks: Allocations): void {
    for (const { spec } of rdds) if (this.handles.delete(spec.id)) this.states.release(...this.nameOf(spec))
    this.drop(blocks.flatMap(([timeMs, ids]) => [allocationKey(timeMs), ...ids.map(blockKey)]))
  }

  /** Entries that the next metadata makes needless. */
  drop(keys: readonly string[]): void {
    this.obsolete.push(...keys)
  }

  /** Writes metadata, with `data` of a completed batch in the same step. Resolves when it is stored, also when it failed: the run goes on and says so. */
  async save(facts: MetadataFacts, data?: ReadonlyMap<string, string>): Promise<void> {
    this.seq += 1
    this.lastTimeMs = facts.checkpointMs
    if (data !== undefined) this.drop(this.states.prune())
    // That a batch was begun may be lost with the power: then it counts as missed, and runs all the same.
    const isLax = data === undefined && facts.running
    this.writer.hold({ ...(data === undefined ? {} : { data }), remove: this.obsolete, isLax })
    this.obsolete = []
    if (facts.running && this.failure !== undefined && this.nowMs() < this.failure.triedAgainMs) return
    const metadata: Metadata = {
      version: 4,
      seq: this.seq,
      savedAtMs: this.nowMs(),
      ...facts,
      snapshots: this.states.names().map(([stream, timeMs]) => [stream, timeMs]),
    }
    await this.guard(this.writer.write({ metadata: JSON.stringify(metadata), isLax }))
  }

  private isChained({ spec: { stream } }: RddHandle): boolean {
    const kind = this.plan.streams[stream]?.spec.kind
    return kind === 'state' || kind === 'mapWithState' || kind === 'reducedWindow'
  }

  private shareOf({ partition, keys, edit, whole, mapped }: SnapshotReport, { spec }: RddHandle): StateShare {
    const since = edit === undefined ? undefined : this.handles.get(edit.since)
    return {
      partition,
      keys,
      ...(edit === undefined || since === undefined || since.spec.stream !== spec.stream
        ? {}
        : { edit: { sinceMs: since.spec.timeMs, text: edit.text } }),
      ...(whole === undefined ? {} : { whole }),
      ...(mapped === undefined ? {} : { mapped }),
    }
  }

  private nameOf({ stream, timeMs }: RddHandle['spec']): readonly [stream: string, timeMs: number] {
    const key = this.streamKeys[stream]
    invariant(key !== undefined, `stream ${stream} is in the plan`)
    return [key, timeMs]
  }

  private async guard(written: Promise<void>): Promise<boolean> {
    const beganMs = this.nowMs()
    try {
      await written
      if (this.failure !== undefined) {
        this.listener.onWarning('The checkpoint is written again.')
        this.listener.onCheckpointTrouble?.(undefined)
      }
      this.failure = undefined
      return true
    } catch (error) {
      if (this.failure === undefined) {
        const reason = error instanceof Error ? error.message : String(error)
        this.listener.onWarning(
          `The checkpoint could not be written: ${reason}. The run goes on and tries again; until then a reload would go back to the last one that was.`,
        )
        this.listener.onCheckpointTrouble?.(reason)
      }
      const endMs = this.nowMs()
      this.failure = { triedAgainMs: endMs + (endMs - beganMs) / FAILING_SHARE }
      return false
    }
  }
}
