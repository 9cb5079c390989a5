import type { StreamKind } from '#engine/operator/stream-spec.ts'
import { ownPartitions, type Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import { FrozenPartitions } from '#engine/runtime/executor/state/frozen-partitions.ts'
import { keysOf, printEdit, printMapped, printWhole } from '#engine/runtime/executor/state/saved-partition.ts'
import { recordsOf } from '#engine/runtime/executor/window/pair-columns.ts'
import type { RddId, RddSpec } from '#engine/runtime/rdd-spec.ts'
import type { BatchOrder, FailureReport, PieceReport, SnapshotReport } from '#engine/runtime/wire.ts'
import { refusal } from './meter.ts'

/** Kinds of streams whose RDDs go on from the one before: each of them is saved, most of them by what became other. */
export const chainedKinds: readonly StreamKind[] = ['state', 'mapWithState', 'reducedWindow']

/** Tells the driver the states of every batch, and whatever else is due for a checkpoint, once a job has made them.
 *  Source: RDD.doCheckpoint after a job */
export class SnapshotReporter {
  private readonly executor: number
  private readonly find: (id: RddId) => Rdd | undefined
  /** Not told yet, oldest first. */
  awaited: readonly RddId[] = []
  /** States that are told piece by piece. */
  readonly frozen = new FrozenPartitions()

  constructor(executor: number, find: (id: RddId) => Rdd | undefined) {
    this.executor = executor
    this.find = find
  }

  expect(specs: readonly RddSpec[]): void {
    const due = specs.filter(({ id, body, checkpoint }) => {
      const rdd = this.find(id)
      return (
        body.kind !== 'restored' && rdd !== undefined && (checkpoint || chainedKinds.includes(rdd.stream.spec.kind))
      )
    })
    this.awaited = [...this.awaited, ...due.map(({ id }) => id)]
  }

  /** What has been made since. Of RDDs that a job has not made whole nothing is told: the next job goes on with them.
   *  What holds something that is no record is left out; `failure` where it is due for a checkpoint. */
  report({ wholes = [] }: Pick<BatchOrder, 'wholes'>): {
    readonly reports: readonly SnapshotReport[]
    readonly pieces: readonly PieceReport[]
    readonly failure?: FailureReport
  } {
    const reports: SnapshotReport[] = []
    const still: RddId[] = []
    let failure: FailureReport | undefined
    for (const id of this.awaited) {
      const rdd = this.find(id)
      if (rdd === undefined) continue
      const own = rdd.isLaidOut ? ownPartitions(rdd, this.executor) : undefined
      if (own?.every((partition) => rdd.kept?.has(partition) === true) !== true) {
        still.push(id)
        continue
      }
      try {
        const atOnce = wholes.filter(({ rdd, piece }) => rdd === id && piece === undefined)
        const wanted = atOnce.map(({ partition }) => partition)
        reports.push(...own.map((partition) => this.reportOf(rdd, partition, wanted.includes(partition))))
        for (const partition of own) rdd.saved.add(partition)
      } catch (thrown) {
        if (rdd.spec.checkpoint)
          failure ??= refusal(thrown, recordsOf(rdd.kept?.get(own[0] ?? 0) ?? []), rdd.stream.node).report
      }
      this.outdatePrevious(rdd)
      rdd.edits.clear()
    }
    this.awaited = still
    const pieces = wholes.flatMap((order) => this.frozen.tell(order, this.find(order.rdd)) ?? [])
    return failure === undefined ? { reports, pieces } : { reports, pieces, failure }
  }

  /** A state that another came after is kept by what became other: now that both are told, hardly anybody will ask for it again. */
  private outdatePrevious({ spec: { body }, edits, kept }: Rdd): void {
    if (body.kind !== 'state' || body.previous === undefined || kept === undefined) return
    const previous = this.find(body.previous)
    for (const [partition, edit] of edits) previous?.kept?.outdate(partition, edit, kept)
  }

  private reportOf(rdd: Rdd, partition: number, wantsWhole: boolean): SnapshotReport {
    const { spec, stream } = rdd
    const { kind } = stream.spec
    const held = rdd.kept?.get(partition) ?? []
    const since = this.savedBefore(rdd, partition)
    const edit = since === undefined ? undefined : printEdit(kind, held, rdd.edits.get(partition))
    return {
      rdd: spec.id,
      partition,
      partitions: rdd.owners.length,
      ...(rdd.partitioner === undefined ? {} : { partitioner: rdd.partitioner }),
      keys: keysOf(kind, held),
      ...(edit === undefined || since === undefined ? {} : { edit: { since, text: edit } }),
      ...(edit === undefined || wantsWhole ? { whole: printWhole(kind, held) } : {}),
      ...(kind === 'mapWithState' && spec.checkpoint ? { mapped: printMapped(held) } : {}),
    }
  }

  /** The RDD before, when the driver has its records of this partition from this executor, or this executor has them from the driver. */
  private savedBefore({ spec: { body } }: Rdd, partition: number): RddId | undefined {
    const previous = 'previous' in body ? body.previous : undefined
    const rdd = previous === undefined ? undefined : this.find(previous)
    return rdd?.spec.body.kind === 'restored' || rdd?.saved.has(partition) === true ? previous : undefined
  }
}
