import type { FoldedFigures, StoredFigures } from '#engine/checkpoint/figure-log.ts'
import type { Plan } from '#engine/compile/plan.ts'
import type { BatchData, OutputsOfBatch } from '#engine/model/batch-data.ts'
import type { BatchFigures } from '#engine/model/batch-figures.ts'
import { bounded } from './merge-measures.ts'

/** Batches whose figures are kept one by one. */
export const KEPT_FIGURES = 300

/** What charts and counters have shown, by batch: a batch that runs again replaces its figures, so that each counts once in a total.
 *  Keeps: the newest batches one by one, and those that may run again however old they are; of the others the counters' sums */
export class FigureLedger {
  private readonly plan: Plan
  private readonly isUsed: boolean
  /** Batch time → node → figures without totals. */
  private readonly batches = new Map<number, ReadonlyMap<string, BatchFigures>>()
  /** By node: the counters' sums over what was folded away. */
  private readonly folded = new Map<string, number>()
  private foldedMs: number | undefined

  constructor(plan: Plan) {
    this.plan = plan
    this.isUsed = plan.outputs.some(({ action }) => action.kind === 'measure')
  }

  /** Takes down a completed batch; the answer has the counters' totals in it. */
  take(data: BatchData): BatchData {
    const measured = data.outputs.flatMap(({ node, figures }) =>
      figures === undefined ? [] : [[node, figures] as const],
    )
    if (!this.isUsed) return data
    const { timeMs } = data
    // An output that fails when its batch runs again leaves what it had measured before: that still counts.
    const all = new Map([...(this.batches.get(timeMs) ?? []), ...measured])
    if (all.size > 0) this.batches.set(timeMs, all)
    const outputs = data.outputs.map((output) =>
      output.figures === undefined
        ? output
        : { ...output, figures: this.withTotal(output.node, output.figures, timeMs) },
    )
    return { ...data, outputs }
  }

  /** What is to be stored of a batch with the metadata that notes it as done. */
  entryOf(timeMs: number): StoredFigures | undefined {
    const figures = this.batches.get(timeMs)
    return figures === undefined ? undefined : { timeMs, outputs: [...figures] }
  }

  /** Folds away what is old and will not run again; the times whose entries the next metadata no longer counts on. */
  fold(pending: ReadonlySet<number>): readonly number[] {
    if (!this.isUsed) return []
    const surplus = this.batches.size - KEPT_FIGURES
    const old = surplus <= 0 ? [] : [...this.batches.keys()].filter((timeMs) => !pending.has(timeMs))
    const gone = old.sort((a, b) => a - b).slice(0, Math.max(0, surplus))
    for (const timeMs of gone) {
      for (const [node, figures] of this.batches.get(timeMs) ?? [])
        if (figures.view.kind === 'counter')
          this.folded.set(node, bounded((this.folded.get(node) ?? 0) + amountOf(figures)))
      this.batches.delete(timeMs)
      this.foldedMs = Math.max(this.foldedMs ?? timeMs, timeMs)
    }
    return gone
  }

  /** For the metadata. */
  get facts(): FoldedFigures | undefined {
    if (!this.isUsed) return undefined
    const foldedMs = this.foldedMs ?? null
    const kept = foldedMs === null ? [] : [...this.batches.keys()].filter((timeMs) => timeMs <= foldedMs)
    return { totals: Object.fromEntries(this.folded), foldedMs, kept }
  }

  /** Goes on from what was stored; the answer is what the screen had shown, oldest first. Figures of nodes that are no longer measured so
   *  are left out. */
  restore(stored: readonly StoredFigures[], facts: FoldedFigures | undefined): readonly OutputsOfBatch[] {
    const outputs = new Map(this.plan.outputs.map((output, id) => [output.node, { id, ...output }]))
    for (const [node, total] of Object.entries(facts?.totals ?? {})) if (outputs.has(node)) this.folded.set(node, total)
    this.foldedMs = facts?.foldedMs ?? undefined
    return stored.map(({ timeMs, outputs: entries }) => {
      const known = entries.filter(([node, { view, combine }]) => {
        const action = outputs.get(node)?.action
        return action?.kind === 'measure' && action.view.kind === view.kind && action.combine === combine
      })
      this.batches.set(timeMs, new Map(known))
      return {
        timeMs,
        outputs: known.map(([node, figures]) => ({
          id: outputs.get(node)?.id ?? 0,
          node,
          partitions: [],
          rows: [],
          lines: [],
          more: false,
          figures: this.withTotal(node, figures, timeMs),
        })),
      }
    })
  }

  /** Added up anew each time, in one order: taking away what a batch had added before would not be exact. */
  private withTotal(node: string, figures: BatchFigures, timeMs: number): BatchFigures {
    if (figures.view.kind !== 'counter') return figures
    let total = this.folded.get(node) ?? 0
    for (const [each, batch] of this.batches) {
      const counted = batch.get(node)
      if (each <= timeMs && counted !== undefined) total = bounded(total + amountOf(counted))
    }
    return { ...figures, total }
  }
}

/** A counter has one series at most. */
function amountOf(figures: BatchFigures): number {
  return figures.points[0]?.value ?? 0
}
