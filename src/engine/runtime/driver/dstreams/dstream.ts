import type { PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import { floorTime, timesTo } from '#engine/model/time.ts'
import type { Gaps } from '#engine/runtime/driver/graph/gaps.ts'
import type { Lineage, RddHandle } from '#engine/runtime/driver/graph/lineage.ts'

/** What all streams of a graph share. */
export interface GraphContext {
  readonly batchMs: number
  readonly lineage: Lineage
  readonly gaps: Gaps
  /** Z; set when the graph starts. */
  zeroMs: number
}

/** A stream's generation failed: the batch is lost, as with a SparkException during generateJobs. */
export class GenerationFailure extends Error {
  readonly node: string

  constructor(node: string, message: string) {
    super(message)
    this.node = node
  }
}

/** One stream of the running graph: makes one RDD per slide.
 *  Source: dstream/DStream.scala; dstream-semantics §1, §11 */
export abstract class DStream {
  readonly stream: PlanStream
  readonly parents: readonly DStream[]
  protected readonly context: GraphContext
  /** Own RDDs by batch time, as long as they are remembered. */
  protected readonly generated = new Map<number, RddHandle>()
  rememberMs = 0
  /** No RDD is made up to here: before, the node or one above it was another. */
  bornMs = Number.NEGATIVE_INFINITY
  checkpointMs: number | undefined
  private isInitialized = false

  constructor(stream: PlanStream, parents: readonly DStream[], context: GraphContext) {
    this.stream = stream
    this.parents = parents
    this.context = context
    this.checkpointMs = stream.checkpointMs
  }

  get slideMs(): number {
    return this.stream.slideMs
  }

  /** Whether a checkpoint must cut this stream's lineage. */
  protected get mustCheckpoint(): boolean {
    return false
  }

  /** How long parents must keep their RDDs for this one. */
  protected get parentRememberMs(): number {
    return this.rememberMs
  }

  /** The RDD of a valid time; undefined: this batch has none. Called once per time unless there was none. */
  protected abstract compute(timeMs: number): RddHandle | undefined

  /** Fixes the stream's own durations; the graph walks the streams. Source: DStream.initialize */
  initialize(): void {
    this.isInitialized = true
    if (this.mustCheckpoint && this.checkpointMs === undefined)
      this.checkpointMs = this.slideMs * Math.ceil(10_000 / this.slideMs)
    const least =
      this.checkpointMs !== undefined && this.checkpointMs >= this.slideMs ? 2 * this.checkpointMs : this.slideMs
    this.rememberMs = Math.max(this.rememberMs, least)
  }

  /** Has the parents keep their RDDs for as long as this stream needs them. Source: DStream.remember */
  rememberParents(): void {
    for (const parent of this.parents) parent.rememberMs = Math.max(parent.rememberMs, this.parentRememberMs)
  }

  /** Fails: throws a GenerationFailure before `initialize` */
  isTimeValid(timeMs: number): boolean {
    this.requireInitialized()
    const since = timeMs - this.context.zeroMs
    return since > 0 && since % this.slideMs === 0 && timeMs > this.bornMs && !this.context.gaps.covers(timeMs)
  }

  /** The RDD at a time, made on first demand. None is not remembered: it is asked for again.
   *  Fails: throws a GenerationFailure. Source: DStream.getOrCompute */
  getOrCompute(timeMs: number): RddHandle | undefined {
    const known = this.generated.get(timeMs)
    if (known !== undefined || !this.isTimeValid(timeMs)) return known
    const made = this.compute(timeMs)
    if (made !== undefined) this.generated.set(timeMs, made)
    return made
  }

  /** RDDs at every slide of [fromMs, toMs] after zero time, both ends moved back to a slide.
   *  Fails: throws a GenerationFailure, before `initialize` too. Source: DStream.slice */
  slice(fromMs: number, toMs: number): readonly RddHandle[] {
    this.requireInitialized()
    const { zeroMs } = this.context
    const aligned = (timeMs: number): number => floorTime(timeMs, this.slideMs, zeroMs)
    return timesTo(aligned(fromMs), aligned(toMs), this.slideMs).flatMap((timeMs) => {
      const rdd = timeMs >= zeroMs ? this.getOrCompute(timeMs) : undefined
      return rdd === undefined ? [] : [rdd]
    })
  }

  /** Forgets own RDDs that are older than anything still needs. Source: DStream.clearMetadata */
  clearMetadata(timeMs: number, forgotten: Set<RddHandle>): void {
    for (const [made, rdd] of this.generated) {
      if (made > timeMs - this.rememberMs) continue
      this.generated.delete(made)
      forgotten.add(rdd)
    }
  }

  /** Puts a checkpoint's RDD in place of what would be computed. */
  restore(timeMs: number, rdd: RddHandle): void {
    this.generated.set(timeMs, rdd)
  }

  /** Has the RDD of the last slide at or before a time checkpointed, where the stream goes on from its own RDDs. Gives that slide. */
  settleAt(_timeMs: number): readonly number[] {
    return []
  }

  remembered(): ReadonlyMap<number, RddHandle> {
    return this.generated
  }

  private requireInitialized(): void {
    if (!this.isInitialized)
      throw new GenerationFailure(this.stream.node, `The stream of "${this.stream.node}" has not been initialized`)
  }

  protected make(
    timeMs: number,
    body: RddHandle['spec']['body'],
    parents: readonly RddHandle[] = [],
    payloads: RddHandle['payloads'] = [],
  ): RddHandle {
    return this.context.lineage.make(this.stream, timeMs, body, {
      parents,
      payloads,
      checkpoint: this.isCheckpointDue(timeMs),
    })
  }

  protected isCheckpointDue(timeMs: number): boolean {
    return this.checkpointMs !== undefined && (timeMs - this.context.zeroMs) % this.checkpointMs === 0
  }

  /** The last slide at or before a time; before zero time it is that. */
  protected floorSlide(timeMs: number): number {
    const { zeroMs } = this.context
    return timeMs <= zeroMs ? zeroMs : floorTime(timeMs, this.slideMs, zeroMs)
  }

  protected parent(place = 0): DStream {
    const parent = this.parents[place]
    invariant(parent !== undefined, `${this.stream.node} has parent ${place}`)
    return parent
  }
}
