import { invariant } from '#engine/model/invariant.ts'
import { Straggler } from '#engine/runtime/executor/rdds/straggler.ts'
import type { BatchOrder, NodeReport } from '#engine/runtime/wire.ts'
import { Meter } from './meter.ts'

/** What the jobs of one batch have in common on an executor: what one of them has counted, or waited for, another one does not again. */
interface Share {
  readonly meter: Meter
  readonly straggler: Straggler
  jobs: number
}

/** Keeps: one share per batch that runs, and that of the last */
export class BatchShares {
  private readonly shares = new Map<number, Share>()
  private readonly now: () => number

  constructor(now: () => number) {
    this.now = now
  }

  /** For a job that begins. */
  take(order: BatchOrder): Pick<Share, 'meter' | 'straggler'> {
    const held = this.shares.get(order.timeMs)
    if (held !== undefined) {
      held.jobs += 1
      return held
    }
    for (const [timeMs, { jobs }] of this.shares) if (jobs === 0) this.shares.delete(timeMs)
    const share = { meter: new Meter(order), straggler: new Straggler(order, this.now), jobs: 1 }
    this.shares.set(order.timeMs, share)
    return share
  }

  /** For a job that ends: what has been counted and not yet told. */
  giveBack(timeMs: number): readonly NodeReport[] {
    const held = this.shares.get(timeMs)
    invariant(held !== undefined, 'what is given back was taken')
    held.jobs -= 1
    return held.meter.report()
  }
}
