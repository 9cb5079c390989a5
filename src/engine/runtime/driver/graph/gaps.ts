import { floorTime } from '#engine/model/time.ts'

/** First and last batch time of a stretch without batches, in ms. */
export type Gap = readonly [fromMs: number, toMs: number]

/** Batch times that a person had skipped: no stream has an RDD there, now or when a later recovery computes forward. Zero time and with it
 *  every slide and window stay where they were. */
export class Gaps {
  private list: Gap[] = []

  /** Behind all others. One that touches the last makes it longer. */
  add([fromMs, toMs]: Gap, batchMs: number): void {
    const last = this.list.at(-1)
    if (last !== undefined && fromMs <= last[1] + batchMs) this.list[this.list.length - 1] = [last[0], toMs]
    else this.list.push([fromMs, toMs])
  }

  covers(timeMs: number): boolean {
    return this.find(timeMs) !== undefined
  }

  /** The last time of the grid that lies in the same gap, or the time itself in none: where to go on looking. */
  lastOf(timeMs: number, periodMs: number, zeroMs: number): number {
    const gap = this.find(timeMs)
    return gap === undefined ? timeMs : floorTime(gap[1], periodMs, zeroMs)
  }

  all(): readonly Gap[] {
    return this.list
  }

  restore(gaps: readonly Gap[]): void {
    this.list = [...gaps]
  }

  /** Forgets those that end before anything that is still needed. */
  forgetBefore(timeMs: number): void {
    this.list = this.list.filter(([, toMs]) => toMs >= timeMs)
  }

  private find(timeMs: number): Gap | undefined {
    return this.list.find(([fromMs, toMs]) => fromMs <= timeMs && timeMs <= toMs)
  }
}
