import type { CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import type { StoredRun } from '#engine/checkpoint/entries.ts'
import type { Pace } from '#engine/checkpoint/pace.ts'
import { Checkpointer } from '#engine/runtime/driver/context/checkpointer.ts'
import type { RunListener } from '#engine/runtime/driver/context/run-listener.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import type { PieceReport, SnapshotReport, WholeOrder } from '#engine/runtime/wire.ts'
import { makeGraph } from './graph-bench.ts'

export const PARTITIONS = 2
export const STEP_MS = 1000
const DUE_MS = 3 * STEP_MS
const REMEMBER_MS = 6 * STEP_MS

/** What a partition's state comes to: one word a batch. */
const wordOf = (partition: number, timeMs: number): string => `p${partition}@${timeMs};`
export function words(partition: number, afterMs: number, untilMs: number): string {
  let text = ''
  for (let timeMs = afterMs + STEP_MS; timeMs <= untilMs; timeMs += STEP_MS) text += wordOf(partition, timeMs)
  return text
}

const { plan } = makeGraph({
  a: ['queueStream', { batches: [] }],
  pairs: ['map', { fn: 'x => [x, 1]' }, 'a'],
  state: ['updateStateByKey', { fn: '(values, state) => 1' }, 'pairs'],
  out: ['print', {}, 'state'],
})
const streamId = plan.streams.findIndex(({ spec }) => spec.kind === 'state')

/** Wholes are worth it after few edits, and come in pieces of a few characters: a life is short. */
const pace: Pace = { leastChars: 1, mostEdits: 6, piecePerEdit: 1, leastPiece: 12, mostPieces: 4 }

/** A driver's checkpointer with executors, from its start to its death. Nothing is computed. */
export class DriverLife {
  readonly handles = new Map<number, RddHandle>()
  newestMs = 0
  private readonly checkpointer: Checkpointer
  /** What executors have told of and still have: [batch time]/[partition]. */
  private told = new Set<string>()
  private untold: { readonly timeMs: number; readonly partition: number }[] = []
  private readonly frozen = new Map<string, string>()
  private nextId = 0
  private readonly writes: Promise<void>[] = []

  constructor(store: CheckpointStore, stored: StoredRun | undefined) {
    const listener = { onWarning: () => {}, onCheckpoint: () => {} } as unknown as RunListener // it calls no others
    this.checkpointer = new Checkpointer(store, plan, () => 0, listener, pace)
    if (stored === undefined) {
      void this.save(0, [])
      return
    }
    for (const { timeMs, partitions, partitioner } of stored.states.states) {
      this.handles.set(timeMs, {
        spec: this.specOf(timeMs, { kind: 'restored', partitions: PARTITIONS, partitioner }),
        parents: [],
        payloads: partitions,
        partitioner,
        checkpointed: true,
      })
      this.newestMs = timeMs
    }
    this.checkpointer.resume(stored, [...this.handles.values()])
  }

  /** Everything from the newest state up to this batch. */
  async batch(timeMs: number, half: boolean, waits: boolean): Promise<void> {
    void this.save(timeMs, [timeMs])
    const made: RddHandle[] = []
    for (let each = this.newestMs + STEP_MS; each <= timeMs; each += STEP_MS) {
      const previous = this.handles.get(each - STEP_MS)?.spec.id
      const spec = this.specOf(each, { kind: 'state', previous, parent: undefined, useInitial: false })
      const handle = { spec, parents: [], payloads: [], partitioner: undefined, checkpointed: false }
      this.handles.set(each, handle)
      made.push(handle)
      for (let partition = 0; partition < PARTITIONS; partition++) this.untold.push({ timeMs: each, partition })
    }
    this.newestMs = Math.max(this.newestMs, timeMs)
    const wholes = this.checkpointer.wholes(made)
    const reports = this.untold.filter(({ partition }) => !half || partition === 0)
    this.untold = this.untold.filter(({ partition }) => half && partition !== 0)
    const snapshots = new Map<number, { partitions: number; partitioner: number; shares: SnapshotReport[] }>()
    for (const { timeMs: each, partition } of reports) {
      const report = this.reportOf(each, partition, wholes)
      if (report === undefined) continue
      const known = snapshots.get(report.rdd) ?? { partitions: PARTITIONS, partitioner: PARTITIONS, shares: [] }
      known.shares.push(report)
      snapshots.set(report.rdd, known)
    }
    const pieces = wholes.flatMap((order) => this.pieceOf(order) ?? [])
    const data = this.checkpointer.cut({ rdds: made, snapshots, pieces })
    const forgotten = [...this.handles].filter(([each]) => each <= timeMs - REMEMBER_MS)
    for (const [each] of forgotten) this.handles.delete(each)
    this.checkpointer.forget(
      forgotten.map(([, handle]) => handle),
      [],
    )
    void this.save(timeMs, [], data)
    if (waits) await Promise.all(this.writes)
  }

  /** New ones make again what the lineage says, and tell all of it. */
  loseExecutors(): void {
    this.told = new Set()
    this.frozen.clear()
    const cutMs = Math.max(
      0,
      ...[...this.handles].flatMap(([timeMs, { checkpointed }]) => (checkpointed ? timeMs : [])),
    )
    this.untold = [...this.handles.keys()]
      .filter((timeMs) => timeMs > cutMs)
      .flatMap((timeMs) => Array.from({ length: PARTITIONS }, (_, partition) => ({ timeMs, partition })))
  }

  private reportOf(timeMs: number, partition: number, wholes: readonly WholeOrder[]): SnapshotReport | undefined {
    const handle = this.handles.get(timeMs)
    if (handle === undefined) return undefined
    const { spec } = handle
    const previous = this.handles.get(timeMs - STEP_MS)
    const isKnown = previous?.checkpointed === true || this.told.has(`${timeMs - STEP_MS}/${partition}`)
    const isWanted = wholes.some(
      (each) => each.rdd === spec.id && each.partition === partition && each.piece === undefined,
    )
    this.told.add(`${timeMs}/${partition}`)
    return {
      rdd: spec.id,
      partition,
      partitions: PARTITIONS,
      partitioner: PARTITIONS,
      keys: 1,
      ...(isKnown && previous !== undefined
        ? { edit: { since: previous.spec.id, text: wordOf(partition, timeMs) } }
        : {}),
      ...(isWanted || !isKnown ? { whole: words(partition, 0, timeMs) } : {}),
    }
  }

  /** Executors keep what they told a piece of, until they are lost. */
  private pieceOf({ rdd, partition, piece }: WholeOrder): PieceReport | undefined {
    if (piece === undefined) return undefined
    const { from, chars } = piece
    const timeMs = [...this.handles].find(([, { spec }]) => spec.id === rdd)?.[0]
    if (from === 0 && timeMs !== undefined && this.told.has(`${timeMs}/${partition}`))
      this.frozen.set(`${rdd}/${partition}`, words(partition, 0, timeMs))
    const text = this.frozen.get(`${rdd}/${partition}`)
    if (text === undefined) return undefined
    const to = Math.min(text.length, from + chars)
    return { rdd, partition, from, to, of: text.length, text: text.slice(from, to) }
  }

  private specOf(timeMs: number, body: RddHandle['spec']['body']): RddHandle['spec'] {
    return { id: this.nextId++, stream: streamId, timeMs, checkpoint: timeMs % DUE_MS === 0, body }
  }

  private save(checkpointMs: number, pending: number[], data?: ReadonlyMap<string, string>): Promise<void> {
    const facts = {
      running: true,
      pipeline: {},
      machineCores: 2,
      zeroMs: 0,
      checkpointMs,
      clock: { kind: 'virtual', speed: 'max', paused: false },
      pending,
      gaps: [],
      nextBlockId: 0,
    } as const
    const written = this.checkpointer.save({ ...facts, pending, gaps: [] }, data)
    this.writes.push(written)
    return written
  }
}
