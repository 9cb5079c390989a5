import { invariant } from '#engine/model/invariant.ts'
import type { StreamKind } from '#engine/operator/stream-spec.ts'
import { computeByKind } from '#engine/runtime/executor/compute/compute-by-kind.ts'
import { exchangesOf, type NeededExchange } from '#engine/runtime/executor/exchange/exchanges-of.ts'
import { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import { AsciiText } from '#engine/runtime/executor/packed/ascii-text.ts'
import type { BlockLines } from '#engine/runtime/executor/packed/packed-block.ts'
import { KeptPartitions } from '#engine/runtime/executor/state/past-states.ts'
import { transformRdd } from '#engine/runtime/executor/user/transform-rdd.ts'
import { type Held, recordsOf } from '#engine/runtime/executor/window/pair-columns.ts'
import type { RddBody, RddId } from '#engine/runtime/rdd-spec.ts'
import type { MadeReport } from '#engine/runtime/wire.ts'
import type { BatchTools, Evaluation } from './evaluation.ts'
import { isTransformed } from './make-rdd.ts'
import { type Claim, ownPartitions, type Rdd, type Records, type Shipment } from './rdd.ts'
import { readPayload } from './read-payload.ts'

/** The evaluation of RDDs by one job, on one executor.
 *  First `prepare` performs every exchange below an RDD, in post-order and so in the same order on all executors; then `records` computes without
 *  waiting. What fails is not kept: the next job that needs it tries again, as Spark's lineage does.
 *  Of jobs that run beside each other the first that needs an exchange performs it. Which one that is follows from the orders alone, so that all
 *  executors agree; the others wait for it and share its fate, as jobs share a map stage. */
export class BatchEvaluation implements Evaluation {
  readonly tools: BatchTools
  private readonly failures = new Map<Rdd, JobFailure>()
  /** RDDs with a failure, and all above them. */
  private readonly tainted = new Set<Rdd>()
  private running: string | undefined
  private readonly made = new Map<RddId, readonly number[]>()

  constructor(tools: BatchTools) {
    this.tools = tools
  }

  /** What was made here and is kept, of all batches. */
  madeReport(): readonly MadeReport[] {
    return [...this.made].map(([rdd, partitions]) => ({ rdd, partitions }))
  }

  /** Performs the exchanges that a job over `rdd` needs. Never rejects: a failure is thrown by `records`, where it matters. */
  async prepare(rdd: Rdd): Promise<void> {
    const all = below(rdd)
    const claims = this.tools.order.beside === undefined ? undefined : this.claim(all, this.tools.order.beside)
    for (const each of all) {
      // A window has thousands of panes that are done.
      if (claims === undefined && isDone(each)) continue
      if (this.tainted.size > 0 && each.parents.some((parent) => this.tainted.has(parent))) this.tainted.add(each)
      const claim = claims?.get(each)
      if (claim === undefined) {
        const outstanding = outstandingOf(each)
        if (outstanding !== 'none') await this.exchange(each, outstanding)
      } else if ('settled' in claim) this.share(each, await claim.settled)
      else {
        await this.exchange(each, outstandingOf(each))
        claim.settle(this.failures.get(each))
      }
      if (each.stream.spec.kind === 'windowed') passDone(each)
      if (!each.isLaidOut) continue
      if (chains.includes(each.spec.body.kind)) this.makeEarly(each)
      if (keeps(each) && this.isWhole(each)) this.forgetParents(each)
    }
  }

  /** Says, before any waiting, which RDDs this job exchanges and for which it waits. An RDD that has all its exchanges needs neither: that is the
   *  same on all executors, as those whom it could depend on are done, or have claimed it. */
  private claim(all: readonly Rdd[], beside: readonly number[]): ReadonlyMap<Rdd, OwnClaim | Claim> {
    const claims = new Map<Rdd, OwnClaim | Claim>()
    for (const rdd of all) {
      const { claim } = rdd
      if (claim !== undefined && beside.includes(claim.seq)) claims.set(rdd, claim)
      else if (outstandingOf(rdd) !== 'none') claims.set(rdd, this.own(rdd))
    }
    return claims
  }

  private own(rdd: Rdd): OwnClaim {
    let settle: OwnClaim['settle'] = () => {}
    const settled = new Promise<JobFailure | undefined>((resolve) => {
      settle = resolve
    })
    rdd.claim = { seq: this.tools.order.seq, settled }
    return { settle }
  }

  private share(rdd: Rdd, failure: JobFailure | undefined): void {
    if (failure !== undefined) this.fail(rdd, failure)
  }

  private async exchange(rdd: Rdd, outstanding: Outstanding): Promise<void> {
    if (outstanding === 'layout' && isTransformed(rdd)) await this.transform(rdd)
    if (!rdd.isLaidOut) this.passOn(rdd)
    if (typeof outstanding === 'string') return
    for (const { parent, place, ship } of outstanding) {
      const outcome = this.attempt(rdd, () => ship(parent, this))
      try {
        const arrived = await this.tools.exchange.swap(outcome, (to) => rdd.owners[to] ?? 0, rdd.stream.node)
        rdd.exchanged.set(place, arrived)
      } catch (failure) {
        this.fail(rdd, failure)
      }
    }
  }

  /** Computes an RDD that goes on from the one before it. Left to the last of them, a long chain would recurse through all. */
  private makeEarly(rdd: Rdd): void {
    try {
      if (!this.isWhole(rdd)) this.heldOf(rdd)
    } catch (failure) {
      this.fail(rdd, failure)
    }
  }

  private async transform(rdd: Rdd): Promise<void> {
    try {
      await transformRdd(rdd, this)
    } catch (failure) {
      this.fail(rdd, failure)
    }
  }

  /** An RDD above a transformed one that failed, on all executors alike, fails with it. */
  private passOn(rdd: Rdd): void {
    for (const parent of rdd.parents) {
      const failure = this.failures.get(parent)
      if (failure !== undefined) this.fail(rdd, failure)
    }
  }

  private fail(rdd: Rdd, failure: unknown): void {
    if (!(failure instanceof JobFailure)) throw failure
    this.failures.set(rdd, failure)
    this.tainted.add(rdd)
  }

  /** Says which node runs from here on, for finding one that hangs. */
  enter(node: string | undefined): void {
    this.running = node
    this.tools.session.enter()
    // No node: waiting for its peers, or between two jobs.
    if (this.tools.order.traced) this.tools.trace(node ?? '')
  }

  /** The records of every own partition of `rdd`.
   *  Fails: throws a JobFailure with the address of what threw */
  records(rdd: Rdd): ReadonlyMap<number, Records> {
    return new Map(Array.from(this.heldOf(rdd), ([partition, held]) => [partition, recordsOf(held)]))
  }

  /** Every own partition of `rdd` as it is kept.
   *  Fails: as `records` */
  heldOf(rdd: Rdd): ReadonlyMap<number, Held> {
    const failure = this.failures.get(rdd)
    if (failure !== undefined) throw failure
    const own = ownPartitions(rdd, this.tools.executor)
    return new Map(own.map((partition) => [partition, this.held(rdd, partition)]))
  }

  /** The records of one own partition.
   *  Fails: as `records` */
  partition(rdd: Rdd, partition: number): Records {
    return recordsOf(this.held(rdd, partition))
  }

  /** One own partition as it is kept.
   *  Fails: as `records` */
  held(rdd: Rdd, partition: number): Held {
    const kept = rdd.kept?.get(partition)
    if (kept !== undefined) return kept
    const failure = this.failures.get(rdd)
    if (failure !== undefined) throw failure
    const records = this.guard(rdd, () => {
      this.tools.straggler.delay(rdd, partition)
      return computeByKind(rdd, partition, this)
    })
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

  /** The lines of a block, once it is this partition's turn. */
  lines(rdd: Rdd, partition: number): BlockLines | undefined {
    const payload = rdd.payloads.get(partition)
    if (payload?.kind !== 'lines' && payload?.kind !== 'ascii') return undefined
    if (payload.count === 0 || rdd.kept?.has(partition) === true) return undefined
    this.guard(rdd, () => this.tools.straggler.delay(rdd, partition))
    return payload.kind === 'lines'
      ? payload
      : { text: new AsciiText(payload, this.tools.plan.packed.decode), count: payload.count }
  }

  /** The records that arrived from the driver for a partition. */
  payload(rdd: Rdd, partition: number): Records {
    const payload = rdd.payloads.get(partition)
    invariant(payload !== undefined, `the driver sent partition ${partition} of RDD ${rdd.spec.id}`)
    return readPayload(payload, rdd.stream.spec.kind, this.tools.plan.packed.decode)
  }

  private keep(rdd: Rdd, partition: number, records: Held): void {
    this.tools.memory.take(rdd, partition, records, this.tools.order.timeMs)
    rdd.kept ??= new KeptPartitions()
    rdd.kept.set(partition, records)
    if (this.tools.order.account === true)
      this.made.set(rdd.spec.id, [...(this.made.get(rdd.spec.id) ?? []), partition])
    if (this.isWhole(rdd)) this.forgetParents(rdd)
  }

  private isWhole(rdd: Rdd): boolean {
    return (rdd.kept?.size ?? 0) === ownPartitions(rdd, this.tools.executor).length
  }

  /** Cuts what is no longer needed below an RDD that has all its own partitions. Above a failed exchange nothing is cut: every
   *  executor must still find that exchange when it is tried again. */
  private forgetParents(rdd: Rdd): void {
    if (this.tainted.has(rdd)) return
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

/** The exchanges that an RDD still needs; `layout`: only a function that has not run, its own or one below, can say. */
type Outstanding = 'none' | 'layout' | readonly NeededExchange[]

function outstandingOf(rdd: Rdd): Outstanding {
  if (!rdd.isLaidOut) return 'layout'
  const needed = exchangesOf(rdd).filter(({ place }) => !rdd.exchanged.has(place))
  return needed.length === 0 ? 'none' : needed
}

/** It has been made whole before, so that nothing below it is known any more: there is nothing to exchange. */
function isDone({ parents, kept, spec: { body } }: Rdd): boolean {
  return parents.length === 0 && kept !== undefined && !chains.includes(body.kind)
}

/** Notes which panes need not be looked at by the windows to come. */
function passDone(window: Rdd): void {
  for (let pane = window.parents[window.doneParents]; pane !== undefined && isDone(pane); ) {
    window.doneParents += 1
    pane = window.parents[window.doneParents]
  }
}

/** What this job exchanges: it tells those who wait. */
interface OwnClaim {
  settle(failure: JobFailure | undefined): void
}

/** Kept from the first time: what Spark persists, what it would read again from shuffle files, and what came from the driver. */
function keeps({ stream, spec }: Rdd): boolean {
  return stream.persist || spec.checkpoint || spec.body.kind === 'restored' || shuffles.includes(stream.spec.kind)
}

/** Kinds whose records come out of an exchange. */
const shuffles: readonly StreamKind[] = ['shuffled', 'cogrouped', 'repartitioned', 'transformed']

/** Kinds of RDDs that go on from their stream's RDD before. */
const chains: readonly RddBody['kind'][] = ['state', 'mapWithState', 'reducedWindow']

/** `rdd` and all it depends on, parents first. What is wholly kept has no parents any more: everything below it has been exchanged. What a window knows to be
 *  so kept is passed over. */
function below(rdd: Rdd): readonly Rdd[] {
  const seen = new Set<Rdd>()
  const stack: { rdd: Rdd; next: number }[] = [{ rdd, next: rdd.doneParents }]
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
      stack.push({ rdd: parent, next: parent.doneParents })
    }
  }
  return [...seen]
}
