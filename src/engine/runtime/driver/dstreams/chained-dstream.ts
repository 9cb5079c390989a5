import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { DStream } from './dstream.ts'

/** A stream whose RDD goes on from its own previous one. A checkpoint must cut its lineage.
 *  Source: StateDStream.compute and ReducedWindowedDStream.compute, which recurse where this goes forward in a loop */
export abstract class ChainedDStream extends DStream {
  /** Restored states without all that their batch gave: only to go on from. */
  private readonly bases = new Map<number, RddHandle>()
  private settledMs: number | undefined

  protected override get mustCheckpoint(): boolean {
    return true
  }

  /** The RDD of a valid time; `previous` is that of the slide before, or of the last before a gap; undefined when there is none. */
  protected abstract follow(previous: RddHandle | undefined, timeMs: number): RddHandle | undefined

  /** Goes back to the newest RDD there is and forward from there: after a recovery that may be thousands of slides. */
  protected override compute(timeMs: number): RddHandle | undefined {
    const { gaps, zeroMs } = this.context
    let previous = this.newestBefore(timeMs)
    let missingMs = (previous?.spec.timeMs ?? Math.max(zeroMs, this.floorSlide(this.bornMs))) + this.slideMs
    for (; missingMs < timeMs; missingMs = gaps.lastOf(missingMs, this.slideMs, zeroMs) + this.slideMs) {
      if (!this.isTimeValid(missingMs)) continue
      previous = this.follow(previous, missingMs)
      if (previous !== undefined) this.generated.set(missingMs, previous)
    }
    return this.follow(previous, timeMs)
  }

  /** Behind a gap at once: nothing may need what lies before it for longer than it must. */
  protected override isCheckpointDue(timeMs: number): boolean {
    if (super.isCheckpointDue(timeMs) || timeMs === this.settledMs) return true
    return this.context.gaps.covers(timeMs - this.slideMs)
  }

  override settleAt(timeMs: number): readonly number[] {
    let lastMs = this.floorSlide(timeMs)
    while (lastMs > this.context.zeroMs && !this.isTimeValid(lastMs)) lastMs -= this.slideMs
    if (lastMs <= this.context.zeroMs) return []
    const known = this.generated.get(lastMs)
    if (known?.checkpointed === true) return []
    this.settledMs = lastMs
    return [lastMs]
  }

  /** Of what was stored the newest stays, however old it is: a recovery goes on from there. */
  override clearMetadata(timeMs: number, forgotten: Set<RddHandle>): void {
    const stored = [...this.generated.values()].filter(({ checkpointed }) => checkpointed)
    const newest = stored.reduce<RddHandle | undefined>(
      (best, rdd) => (best === undefined || rdd.spec.timeMs > best.spec.timeMs ? rdd : best),
      undefined,
    )
    super.clearMetadata(timeMs, forgotten)
    // What was made since is the base from now on.
    for (const [baseMs, rdd] of this.bases) {
      if (baseMs > timeMs - this.rememberMs || baseMs >= Math.max(...this.generated.keys())) continue
      this.bases.delete(baseMs)
      forgotten.add(rdd)
    }
    if (newest === undefined || !forgotten.delete(newest)) return
    this.generated.set(newest.spec.timeMs, newest)
  }

  /** As `restore`, for an RDD of which only the states were kept: asked for, it is made from the one before it. */
  restoreBase(timeMs: number, rdd: RddHandle): void {
    this.bases.set(timeMs, rdd)
  }

  private newestBefore(timeMs: number): RddHandle | undefined {
    let newest: RddHandle | undefined
    for (const [madeMs, rdd] of [...this.bases, ...this.generated])
      if (madeMs < timeMs && (newest === undefined || madeMs > newest.spec.timeMs)) newest = rdd
    return newest
  }
}
