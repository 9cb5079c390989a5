import { invariant } from '#engine/model/invariant.ts'
import type { RddHandle } from '#engine/runtime/driver/graph/lineage.ts'
import { ChainedDStream } from './chained-dstream.ts'

/** The incremental window: the previous result, less what left the window, plus what entered it.
 *  Source: ReducedWindowedDStream; dstream-semantics §4.4 */
export class ReducedWindowDStream extends ChainedDStream {
  private get windowMs(): number {
    const { spec } = this.stream
    invariant(spec.kind === 'reducedWindow', 'kinds agree')
    return spec.windowMs
  }

  protected override get parentRememberMs(): number {
    return this.rememberMs + this.windowMs
  }

  protected override follow(previous: RddHandle | undefined, timeMs: number): RddHandle {
    const reduced = this.parent()
    // After a gap what left the window cannot be told from the RDD before it: the window is made anew from all it still covers.
    const previousMs = timeMs - this.slideMs
    if (previousMs > this.context.zeroMs && previous?.spec.timeMs !== previousMs)
      return this.step(undefined, [], reduced.slice(timeMs - this.windowMs + reduced.slideMs, timeMs), timeMs)
    const beginMs = timeMs - this.windowMs + reduced.slideMs
    const previousBeginMs = beginMs - this.slideMs
    const old = reduced.slice(previousBeginMs, beginMs - reduced.slideMs)
    const recent = reduced.slice(previousMs + reduced.slideMs, timeMs)
    return this.step(previous, old, recent, timeMs)
  }

  private step(
    previous: RddHandle | undefined,
    old: readonly RddHandle[],
    recent: readonly RddHandle[],
    timeMs: number,
  ): RddHandle {
    const parents = [...(previous === undefined ? [] : [previous]), ...old, ...recent]
    const ids = (rdds: readonly RddHandle[]) => rdds.map((rdd) => rdd.spec.id)
    return this.make(
      timeMs,
      { kind: 'reducedWindow', previous: previous?.spec.id, old: ids(old), recent: ids(recent) },
      parents,
    )
  }
}
