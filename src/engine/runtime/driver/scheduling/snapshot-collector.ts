import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { PieceReport, Reply, SnapshotReport } from '#engine/runtime/wire.ts'
import { mergeSnapshots, type SnapshotShares } from './merge-replies.ts'

/** What is to be saved now: RDDs that executors have been told since the last time or that came back, and what came back of them. */
export interface Collected {
  readonly rdds: readonly RddHandle[]
  readonly snapshots: ReadonlyMap<RddId, SnapshotShares>
  /** Of states that are told in pieces. */
  readonly pieces: readonly PieceReport[]
}

/** Gathers what executors give back of RDDs, with whichever job made them, until all partitions of one have come. Of a stream the older goes first.
 *  Keeps: one entry per RDD that is remembered
 *  Source: RDD.doCheckpoint */
export class SnapshotCollector {
  private readonly awaited = new Map<
    RddId,
    { readonly rdd: RddHandle; readonly reports: Map<number, SnapshotReport> }
  >()
  /** Those of which something has come. */
  private readonly begun = new Set<RddId>()
  private fresh: RddHandle[] = []
  private pieces: PieceReport[] = []

  /** Executors have been told of these. */
  note(rdds: readonly RddHandle[]): void {
    this.fresh.push(...rdds)
    for (const rdd of rdds) this.awaited.set(rdd.spec.id, { rdd, reports: new Map() })
  }

  take(replies: readonly Reply[]): void {
    for (const report of replies.flatMap((reply) => reply.snapshots)) {
      this.awaited.get(report.rdd)?.reports.set(report.partition, report)
      this.begun.add(report.rdd)
    }
    for (const { pieces = [] } of replies) this.pieces.push(...pieces)
  }

  collect(): Collected {
    const whole: SnapshotReport[] = []
    const rdds = new Set(this.fresh)
    const held = new Set<number>()
    for (const id of [...this.begun].sort((a, b) => a - b)) {
      const { rdd, reports } = this.awaited.get(id) ?? {}
      const [first] = reports?.values() ?? []
      if (rdd === undefined || reports === undefined || first === undefined) {
        this.begun.delete(id)
        continue
      }
      const { stream } = rdd.spec
      if (reports.size < first.partitions || held.has(stream)) {
        held.add(stream)
        continue
      }
      whole.push(...reports.values())
      rdds.add(rdd)
      this.awaited.delete(id)
      this.begun.delete(id)
    }
    const { pieces } = this
    this.fresh = []
    this.pieces = []
    return { rdds: [...rdds], snapshots: mergeSnapshots([{ snapshots: whole }]), pieces }
  }

  forget(rdds: Iterable<RddHandle>): void {
    for (const { spec } of rdds) this.awaited.delete(spec.id)
  }

  /** The executors are gone, with what they had. */
  clear(): void {
    this.awaited.clear()
    this.begun.clear()
    this.pieces = []
  }
}
