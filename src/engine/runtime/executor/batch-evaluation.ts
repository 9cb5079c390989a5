import { invariant } from '#engine/model/invariant.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import { computeByKind } from './compute-by-kind.ts'
import type { BatchTools, Evaluation } from './evaluation.ts'
import { exchangesOf } from './exchanges-of.ts'
import { ownPartitions, type Rdd, type Records, type Shipment } from './rdd.ts'
import { JobFailure } from './step-failure.ts'

/** The evaluation of RDDs by the jobs of one batch, on one executor.
 *  First `prepare` performs every exchange below an RDD, in post-order and so in the same order on all executors; then `records` computes without
 *  waiting. What fails is not kept: the next job that needs it tries again, as Spark's lineage does. */
export class BatchEvaluation implements Evaluation {
  readonly tools: BatchTools
  private failures = new Map<Rdd, JobFailure>()
  private running: string | undefined

  constructor(tools: BatchTools) {
    this.tools = tools
  }

  /** Performs the exchanges that a job over `rdd` needs. Never rejects: a failure is thrown by `records`, where it matters. */
  async prepare(rdd: Rdd): Promise<void> {
    this.failures = new Map()
    for (const each of below(rdd)) {
      for (const { parent, place, ship } of exchangesOf(each)) {
        if (each.exchanged.has(place)) continue
        const outcome = this.attempt(each, () => ship(parent, this))
        try {
          each.exchanged.set(place, await this.tools.exchange.swap(outcome, (to) => each.owners[to] ?? 0))
        } catch (failure) {
          invariant(failure instanceof JobFailure, `an exchange fails with a JobFailure: ${String(failure)}`)
          this.failures.set(each, failure)
        }
      }
      if (keeps(each) && ownPartitions(each, this.tools.executor).length === 0) this.forgetParents(each)
    }
  }

  /** Says which node runs from here on, for finding one that hangs. */
  enter(node: string | undefined): void {
    this.running = node
    if (this.tools.order.traced && node !== undefined) this.tools.trace(node)
  }

  /** The records of every own partition of `rdd`.
   *  Fails: throws a JobFailure with the address of what threw */
  records(rdd: Rdd): ReadonlyMap<number, Records> {
    const own = ownPartitions(rdd, this.tools.executor)
    return new Map(own.map((partition) => [partition, this.partition(rdd, partition)]))
  }

  /** The records of one own partition.
   *  Fails: as `records` */
  partition(rdd: Rdd, partition: number): Records {
    const kept = rdd.kept?.get(partition)
    if (kept !== undefined) return kept
    const failure = this.failures.get(rdd)
    if (failure !== undefined) throw failure
    const records = this.guard(rdd, () => computeByKind(rdd, partition, this))
    this.tools.meter.record(rdd, partition, records.length, records)
    if (keeps(rdd)) this.keep(rdd, partition, records)
    return records
  }

  /** What was exchanged with the parent in this place. */
  exchanged(rdd: Rdd, place: number): readonly Shipment[] {
    const failure = this.failures.get(rdd)
    if (failure !== undefined) throw failure
    const shipments = rdd.exchanged.get(place)
    invariant(shipments !== undefined, 'prepared before it is computed')
    return shipments
  }

  /** The records that arrived from the driver for a partition. */
  payload(rdd: Rdd, partition: number): Records {
    const payload = rdd.payloads.get(partition)
    invariant(payload !== undefined, `the driver sent partition ${partition} of RDD ${rdd.spec.id}`)
    if (payload.kind === 'lines') return payload.count === 0 ? [] : payload.text.split('\n')
    const records = decodeTagged(JSON.parse(payload.text))
    invariant(Array.isArray(records), 'a tagged payload is an array')
    return records
  }

  private keep(rdd: Rdd, partition: number, records: Records): void {
    rdd.kept ??= new Map()
    rdd.kept.set(partition, records)
    if (rdd.kept.size === ownPartitions(rdd, this.tools.executor).length) this.forgetParents(rdd)
  }

  /** Cuts what is no longer needed below an RDD that has all its own partitions. Where an exchange failed nothing is cut: every
   *  executor must still find that exchange when it is tried again. */
  private forgetParents(rdd: Rdd): void {
    if (this.failures.size > 0) return
    rdd.parents = []
    for (const place of rdd.exchanged.keys()) rdd.exchanged.set(place, [])
  }

  private attempt(rdd: Rdd, ship: () => readonly Shipment[]): readonly Shipment[] | JobFailure {
    try {
      return this.guard(rdd, ship)
    } catch (failure) {
      if (failure instanceof JobFailure) return failure
      throw failure
    }
  }

  /** What is thrown here and has no address yet gets the node's. */
  private guard<T>(rdd: Rdd, compute: () => T): T {
    const outer = this.running
    this.enter(rdd.stream.node)
    try {
      return compute()
    } catch (thrown) {
      throw this.tools.plan.failure(thrown, { node: rdd.stream.node }, undefined)
    } finally {
      this.enter(outer)
    }
  }
}

/** Kept from the first time: what Spark persists, what it would read again from shuffle files, and what came from the driver. */
function keeps({ stream, spec }: Rdd): boolean {
  return (
    stream.persist ||
    spec.body.kind === 'restored' ||
    stream.spec.kind === 'shuffled' ||
    stream.spec.kind === 'cogrouped'
  )
}

/** `rdd` and all it depends on, parents first. What is wholly kept has no parents any more: everything below it has been exchanged. */
function below(rdd: Rdd): readonly Rdd[] {
  const seen = new Set<Rdd>()
  const stack: { rdd: Rdd; next: number }[] = [{ rdd, next: 0 }]
  const visiting = new Set<Rdd>([rdd])
  while (stack.length > 0) {
    const top = stack.at(-1)
    if (top === undefined) break
    const parent = top.rdd.parents[top.next++]
    if (parent === undefined) {
      seen.add(top.rdd)
      stack.pop()
    } else if (!visiting.has(parent)) {
      visiting.add(parent)
      stack.push({ rdd: parent, next: 0 })
    }
  }
  return [...seen]
}
