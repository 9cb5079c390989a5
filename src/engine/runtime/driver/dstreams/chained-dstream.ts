import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { DStream } from './dstream.ts'

/** A stream whose RDD goes on from its own previous one. A checkpoint must cut its lineage.
 *  Source: StateDStream.compute and ReducedWindowedDStream.compute, which recurse where this goes forward in a loop */
export abstract class ChainedDStream extends DStream {
  protected override get mustCheckpoint(): boolean {
    return true
  }

  /** The RDD of a valid time; `previous` is that of the slide before, undefined when there is none. */
  protected abstract follow(previous: RddHandle | undefined, timeMs: number): RddHandle | undefined

  /** Goes back to the newest RDD there is and forward from there: after a recovery that may be thousands of slides. */
  protected override compute(timeMs: number): RddHandle | undefined {
    let previousMs = timeMs - this.slideMs
    while (this.isTimeValid(previousMs) && !this.generated.has(previousMs)) previousMs -= this.slideMs
    let previous = this.generated.get(previousMs)
    for (let missingMs = previousMs + this.slideMs; missingMs < timeMs; missingMs += this.slideMs) {
      if (!this.isTimeValid(missingMs)) continue
      previous = this.follow(previous, missingMs)
      if (previous !== undefined) this.generated.set(missingMs, previous)
    }
    return this.follow(previous, timeMs)
  }
}
