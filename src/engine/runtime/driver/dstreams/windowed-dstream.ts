import { invariant } from '#engine/model/invariant.ts'
import { timesTo } from '#engine/model/time.ts'
import type { RddHandle, Slid } from '#engine/runtime/driver/graph/lineage.ts'
import { parentIds, type RddId } from '#engine/runtime/rdd-spec.ts'
import { DStream } from './dstream.ts'

/** What a window was found to be made of. */
interface Window {
  readonly rdd: RddHandle
  /** Times in it at which the parent had no RDD: it is asked again. */
  readonly missing: readonly number[]
}

/** The union of the parent's RDDs of the window, oldest first.
 *  Source: WindowedDStream */
export class WindowedDStream extends DStream {
  private last: Window | undefined

  private get windowMs(): number {
    const { spec } = this.stream
    invariant(spec.kind === 'windowed', 'kinds agree')
    return spec.windowMs
  }

  protected override get parentRememberMs(): number {
    return this.rememberMs + this.windowMs
  }

  protected override compute(timeMs: number): RddHandle {
    const { last } = this
    // A checkpoint takes the parents away.
    const isKept = this.checkpointMs !== undefined || this.stream.persist
    // As long as the window before is remembered, its parent remembers all that it is made of.
    const before = this.generated.get(timeMs - this.slideMs)
    this.last =
      !isKept && before !== undefined && last?.rdd === before ? this.following(last, timeMs) : this.whole(timeMs)
    return this.last.rdd
  }

  private firstOf(timeMs: number): number {
    return timeMs - this.windowMs + this.parent().slideMs
  }

  private whole(timeMs: number): Window {
    const fromMs = this.firstOf(timeMs)
    const rdds = this.parent().slice(fromMs, timeMs)
    return { rdd: this.over(rdds, idsOf(rdds), timeMs), missing: this.missing(fromMs, timeMs, rdds) }
  }

  /** The window by what leaves the one before and what enters. */
  private following({ rdd: before, missing }: Window, timeMs: number): Window {
    const fromMs = this.firstOf(timeMs)
    const parent = this.parent()
    const late: RddHandle[] = []
    const still = missing.filter((each) => {
      const rdd = each < fromMs ? undefined : parent.getOrCompute(each)
      if (rdd !== undefined) late.push(rdd)
      return each >= fromMs && rdd === undefined
    })
    // A window that is shorter than its slide leaves out what lies between.
    const enteringMs = Math.max(before.spec.timeMs + parent.slideMs, fromMs)
    const entering = parent.slice(enteringMs, timeMs)
    let leaving = 0
    while ((before.parents[leaving]?.spec.timeMs ?? fromMs) < fromMs) leaving++
    const rest = [...still, ...this.missing(enteringMs, timeMs, entering)]
    const staying = before.parents.slice(leaving)
    if (late.length > 0) {
      const rdds = [...staying, ...late, ...entering].sort((a, b) => a.spec.timeMs - b.spec.timeMs)
      return { rdd: this.over(rdds, idsOf(rdds), timeMs), missing: rest }
    }
    const ids = parentIds(before.spec.body).slice(leaving).concat(idsOf(entering))
    const slid: Slid = { previous: before.spec.id, leaving, entering }
    return { rdd: { ...this.over(staying.concat(entering), ids, timeMs), slid }, missing: rest }
  }

  private over(rdds: readonly RddHandle[], parents: readonly RddId[], timeMs: number): RddHandle {
    return this.make(timeMs, { kind: 'derived', parents }, rdds)
  }

  /** The times for which there is no RDD, but might be one. */
  private missing(fromMs: number, toMs: number, rdds: readonly RddHandle[]): readonly number[] {
    const made = new Set(rdds.map((rdd) => rdd.spec.timeMs))
    const times = timesTo(fromMs, toMs, this.parent().slideMs)
    return times.filter((timeMs) => timeMs > this.context.zeroMs && !made.has(timeMs))
  }
}

function idsOf(rdds: readonly RddHandle[]): readonly RddId[] {
  return rdds.map((rdd) => rdd.spec.id)
}
