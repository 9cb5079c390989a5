import type { Rework, StreamRework } from '#engine/model/incident.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import type { Reply } from '#engine/runtime/wire.ts'

/** Batches that an earlier driver had finished. */
type WasFinished = (timeMs: number) => boolean

/** Knows which RDDs have been made before, and so what new executors make again.
 *  Keeps: one number per RDD that is remembered */
export class ReworkLedger {
  private readonly nodeOf: (stream: number) => string
  private readonly made = new Set<RddId>()
  private wasFinished: WasFinished = () => false
  /** Since the last loss: what was made again so far, and from which batch on. */
  private since:
    | {
        readonly streams: Map<string, Redone>
        readonly blocks: Map<RddId, readonly [timeMs: number, blocks: number]>
        timeMs: number | undefined
        whole: boolean
      }
    | undefined

  constructor(nodeOf: (stream: number) => string) {
    this.nodeOf = nodeOf
  }

  /** The run goes on where another driver left it. */
  recover(wasFinished: WasFinished): void {
    this.wasFinished = wasFinished
    this.lost()
  }

  /** These RDDs were told for a batch that all its jobs came through. */
  note(rdds: Iterable<RddHandle>): void {
    for (const { spec } of rdds) this.made.add(spec.id)
  }

  forget(rdds: Iterable<RddHandle>): void {
    for (const { spec } of rdds) this.made.delete(spec.id)
  }

  /** Executors were lost: those that come are empty. */
  lost(): void {
    this.since = { streams: new Map(), blocks: new Map(), timeMs: undefined, whole: true }
  }

  /** Whether the batch at `timeMs`, for which executors are `told` these RDDs, makes something again. It is true of the first batch after a
   *  loss; later ones still find older RDDs that nobody has asked for since, such as those that now leave a window. */
  isAgain(timeMs: number, told: readonly RddHandle[]): boolean {
    const { since } = this
    if (since === undefined) return false
    return since.timeMs === undefined || timeMs <= since.timeMs || told.some((rdd) => this.isOld(rdd, since.timeMs))
  }

  /** What was made again since the loss, this batch included. The replies say which partitions were made, of RDDs that were told, and are
   *  believed in nothing else. */
  rework(timeMs: number, told: readonly RddHandle[], replies: readonly Pick<Reply, 'jobs' | 'made'>[]): Rework {
    this.since ??= { streams: new Map(), blocks: new Map(), timeMs: undefined, whole: true }
    const { since } = this
    const sinceMs = since.timeMs ?? timeMs
    const earlier = new Map(told.filter(({ spec }) => spec.timeMs < sinceMs).map((rdd) => [rdd.spec.id, rdd]))
    for (const { rdd: id, partitions } of replies.flatMap(({ made }) => made ?? [])) {
      const rdd = earlier.get(id)
      if (rdd === undefined || !(rdd.checkpointed || this.isOld(rdd, sinceMs))) continue
      const node = this.nodeOf(rdd.spec.stream)
      const redone = since.streams.get(node) ?? new Redone()
      since.streams.set(node, redone)
      if (rdd.checkpointed) redone.restored(rdd, partitions)
      else redone.computed(rdd, partitions)
    }
    for (const { spec, payloads } of earlier.values())
      if (spec.body.kind === 'blocks' && payloads.length > 0) since.blocks.set(spec.id, [spec.timeMs, payloads.length])
    since.whole &&= replies.every(({ jobs }) => jobs.every(({ failure }) => failure === undefined))
    since.timeMs = sinceMs
    const blocks = [...since.blocks.values()]
    return {
      timeMs: sinceMs,
      streams: [...since.streams].map(([node, redone]) => redone.report(node)),
      blocks: blocks.reduce((sum, [, count]) => sum + count, 0),
      blockBatches: new Set(blocks.map(([blockMs]) => blockMs)).size,
      whole: since.whole,
    }
  }

  /** Made before, by a batch that came before the loss was mended. */
  private isOld({ spec }: RddHandle, sinceMs = Number.POSITIVE_INFINITY): boolean {
    return spec.timeMs < sinceMs && (this.made.has(spec.id) || this.wasFinished(spec.timeMs))
  }
}

class Redone {
  private readonly partitions = new Set<number>()
  private readonly times = new Set<number>()
  private fromMs = Number.NEGATIVE_INFINITY
  private count = 0

  restored({ spec }: RddHandle, partitions: readonly number[]): void {
    for (const partition of partitions) this.partitions.add(partition)
    this.fromMs = Math.max(this.fromMs, spec.timeMs)
  }

  computed({ spec }: RddHandle, partitions: readonly number[]): void {
    for (const partition of partitions) this.partitions.add(partition)
    if (partitions.length > 0) this.times.add(spec.timeMs)
    this.count += partitions.length
  }

  report(node: string): StreamRework {
    const times = [...this.times].sort((a, b) => a - b)
    const [firstMs] = times
    const lastMs = times.at(-1)
    return {
      node,
      partitions: this.partitions.size,
      computed: this.count,
      ...(Number.isFinite(this.fromMs) ? { fromMs: this.fromMs } : {}),
      ...(firstMs === undefined || lastMs === undefined ? {} : { batches: { firstMs, lastMs, count: times.length } }),
    }
  }
}
