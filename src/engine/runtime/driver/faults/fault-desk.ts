import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { NotedStore } from '#engine/checkpoint/noted-store.ts'
import type { CheckpointReport } from '#engine/model/checkpoint-report.ts'
import type { Fault, FaultTargets } from '#engine/model/fault.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import type * as contents from './checkpoint-contents.ts'
import { FaultyStore } from './faulty-store.ts'

type Contents = Pick<typeof contents, 'newestMetadata' | 'newestState' | 'reportCheckpoints'>

/** The place where a run is struck, and where it is told what its checkpoint holds. Made before the context, which stores into its `store`. */
export class FaultDesk {
  readonly store: FaultyStore
  private readonly noted: NotedStore
  private readonly loadContents: () => Promise<Contents>
  private context: StreamingContext | undefined
  /** The store has been full: how often it refused, and since which batch. */
  private full: { id: string; failedWrites: number } | undefined

  /** `loadContents` brings checkpoint-contents.ts, which few ask for. */
  constructor(store: CheckpointStore, nowMs: () => number, loadContents: () => Promise<Contents>) {
    this.loadContents = loadContents
    this.noted = new NotedStore(store, nowMs)
    this.store = new FaultyStore(this.noted, (refused) => this.noteWrite(refused))
  }

  serve(context: StreamingContext): void {
    this.context = context
  }

  /** Fails: why there is nothing to strike, in words */
  async inject(fault: Fault): Promise<Result<void, string>> {
    const { context } = this
    if (context === undefined || context.state !== 'ACTIVE') return err('Nothing runs.')
    if (fault.kind === 'quota') return this.fill(context, fault.full)
    if (fault.kind === 'corruption') return this.corrupt(fault.what)
    return context.faults.inject(fault)
  }

  targets(): FaultTargets | undefined {
    if (this.context === undefined) return undefined
    return {
      ...this.context.faults.targets(),
      full: this.store.isFull,
      checkpointing: this.context.faults.isCheckpointing,
    }
  }

  /** What is so at the call, however late it is told. */
  async report(): Promise<CheckpointReport> {
    const found = { notes: new Map(this.noted.notes), metadata: new Map(this.noted.metadata) }
    const lineage = this.context?.faults.lineage() ?? []
    const { reportCheckpoints } = await this.loadContents()
    return { ...reportCheckpoints(found), lineage }
  }

  private fill(context: StreamingContext, full: boolean): Result<void, string> {
    if (!context.faults.isCheckpointing) return err('This pipeline does not checkpoint, so it stores nothing.')
    if (full && !this.store.isFull) {
      const storedMs = readStoredRun(this.noted.metadata)?.metadata.checkpointMs
      const facts = { kind: 'quota' as const, failedWrites: 0, ...(storedMs === undefined ? {} : { storedMs }) }
      this.full = { id: context.faults.incidents.begin(facts, { onDemand: true }), failedWrites: 0 }
    }
    this.store.isFull = full
    return ok(undefined)
  }

  /** Fails: when nothing of the kind is stored yet */
  private async corrupt(what: 'metadata' | 'state'): Promise<Result<void, string>> {
    const { newestMetadata, newestState } = await this.loadContents()
    const damaged = await this.store.damage(what === 'metadata' ? newestMetadata : newestState)
    return damaged === undefined ? err(`No ${what} is stored yet.`) : ok(undefined)
  }

  private noteWrite(refused: boolean): void {
    const { full, context } = this
    if (full === undefined || context === undefined) return
    // What was on its way when it became full still came through.
    if (!refused && this.store.isFull) return
    if (refused) full.failedWrites += 1
    const { id, failedWrites } = full
    if (refused) {
      context.faults.incidents.learn('quota', id, { failedWrites })
      return
    }
    const freedMs = context.faults.newestMs
    context.faults.incidents.learn(
      'quota',
      id,
      freedMs === undefined ? { failedWrites } : { failedWrites, freedMs },
      'settled',
    )
    this.full = undefined
  }
}
