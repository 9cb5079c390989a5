import type { Plan } from '#engine/compile/plan.ts'
import {
  type Amount,
  type Amounts,
  addAmounts,
  MAX_COLLECTED,
  parseAmount,
  printAmount,
} from '#engine/runtime/amount.ts'
import type { BatchOrder, Reply } from '#engine/runtime/wire.ts'
import type { JobOutcome } from './merge-replies.ts'

/** What the accumulators of a run hold. They are no part of a checkpoint: after recovery the lazy ones begin anew, the others are gone.
 *  Source: AccumulatorV2; dstream-semantics §11.11 */
export class Accumulators {
  private readonly plan: Plan
  private readonly amounts: Map<string, Amount>
  private isRecovered = false

  constructor(plan: Plan) {
    this.plan = plan
    this.amounts = new Map(plan.accumulators.map(({ name, initial }) => [name, parseAmount(initial) ?? 0]))
  }

  recover(): void {
    this.isRecovered = true
    for (const { name, lazy } of this.plan.accumulators) if (!lazy) this.amounts.delete(name)
  }

  /** Adds what the jobs added that succeeded on all executors. */
  add(replies: readonly Reply[], jobs: readonly JobOutcome[]): void {
    for (const { output, failure } of jobs) {
      if (failure !== undefined) continue
      const reports = replies.flatMap((reply) => reply.jobs.filter((job) => job.output === output))
      for (const [name, amount] of this.amounts) {
        const added = reports.map((job) => parseAmount(ownOf(job.added, name)))
        this.amounts.set(name, this.bounded(added.reduce<Amount>(addAmounts, amount)))
      }
    }
  }

  /** By name, in the document's order; undefined in a pipeline without accumulators. */
  totals(): Amounts | undefined {
    if (this.plan.accumulators.length === 0) return undefined
    return Object.fromEntries([...this.amounts].map(([name, amount]) => [name, printAmount(amount)]))
  }

  /** An executor stops at the limit by what it knows, so that together they may go beyond it in one job; one that does not stop is cut. */
  private bounded(amount: Amount): Amount {
    const most = MAX_COLLECTED * (1 + this.plan.executors)
    return typeof amount === 'number' || amount.length <= most ? amount : amount.slice(0, most)
  }

  /** What an order says of them. */
  orderPart(): Pick<BatchOrder, 'shared'> {
    if (this.plan.accumulators.length + this.plan.broadcasts.length === 0) return {}
    return { shared: { totals: this.totals() ?? {}, recovered: this.isRecovered } }
  }
}

/** Executors are not trusted with their keys. */
function ownOf(added: Amounts | undefined, name: string): Amounts[string] | undefined {
  return added !== undefined && Object.hasOwn(added, name) ? added[name] : undefined
}
