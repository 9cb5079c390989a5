import type { PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { StreamId } from '#engine/operator/stream-spec.ts'
import type { JobExchange } from '#engine/runtime/executor/exchange/exchange.ts'
import { refusal } from '#engine/runtime/executor/jobs/meter.ts'
import { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import type { RddId, RddSpec } from '#engine/runtime/rdd-spec.ts'
import type { MoveOrder } from '#engine/runtime/wire.ts'
import { makeRdd, makeSettledRdd } from './make-rdd.ts'
import { type Arrival, type Freight, type FreightHead, freightOf, unload, weighRdd } from './move-partition.ts'
import type { Rdd, Shipment } from './rdd.ts'

// Executors come to take part, or no longer do: every RDD that is known is laid out anew, and what is kept of it moves to where it belongs
// then. All executors do the same three exchanges; only after the last one is anything changed, so that a move happens everywhere or nowhere.

/** What an executor has. */
export interface Held {
  readonly rdds: Map<RddId, Rdd>
  /** RDDs that the driver is still to be told of. */
  readonly awaited: readonly RddId[]
}

/** What is told of a move. */
export interface Moved {
  readonly done: boolean
  /** Records that were kept, on all executors. */
  readonly records: number
}

interface MoveTools {
  readonly index: number
  readonly exchange: JobExchange
  stream(id: StreamId): PlanStream
}

/** Moves what the executors hold. `held` undefined: there is more than the order allows, or something that no port takes, and all is as it was. */
export async function moveRdds(
  held: Held,
  order: MoveOrder,
  { index, exchange, stream }: MoveTools,
): Promise<{ readonly held: Held | undefined; readonly records: number }> {
  const participants = Array.from({ length: Math.max(order.from, order.to) }, (_, executor) => executor)
  const known = allOf(held)
  const told = index < order.from ? [describe(known, held)] : []
  const sketches = await exchange.swap(
    told.flatMap((sketch) => participants.map((to) => ({ from: index, to, records: [sketch] }))),
    (to) => to,
    undefined,
  )
  const { nodes, records } = merge(sketches.map((each) => each.records[0] as Sketch)) // `describe` made them, on a peer
  if (records > order.most) return { held: undefined, records }
  const moved = layOut(nodes, order.to, stream)
  try {
    const bundles = bundleUp(known, moved, index)
    const leaving = participants.filter((to) => to !== index)
    const bundlesTo = leaving.map((to) => ({
      to,
      bundle: bundles instanceof JobFailure ? [] : (bundles.get(to) ?? []),
    }))
    const manifests = await exchange.swap(
      bundles instanceof JobFailure
        ? bundles
        : bundlesTo.map(({ to, bundle }) => ({ from: index, to, records: bundle.map(({ head }) => head) })),
      (to) => to,
      undefined,
    )
    const outgoing = bundlesTo.flatMap(({ to, bundle }) =>
      bundle.flatMap(({ lists }) => lists.map((list) => ({ to, list }))),
    )
    const arrived = await exchange.swap(
      outgoing.map(({ list }, place) => ({ from: index, to: place, records: list })),
      (place) => outgoing[place]?.to ?? 0,
      '',
    )
    // What stays is not looked at: only what travels must be able to.
    if (!(bundles instanceof JobFailure)) for (const each of bundles.get(index) ?? []) stay(each, moved)
    takeIn(moved, manifests, arrived)
  } catch (failure) {
    if (!(failure instanceof JobFailure)) throw failure
    return { held: undefined, records }
  }
  if (index >= order.to) return { held: { rdds: new Map(), awaited: [] }, records }
  const listed = nodes.filter(({ isListed }) => isListed)
  return {
    held: {
      rdds: new Map(listed.map(({ spec }) => [spec.id, rddOf(moved, spec.id)])),
      awaited: nodes.filter(({ isAwaited }) => isAwaited).map(({ spec }) => spec.id),
    },
    records,
  }
}

/** An RDD as all executors are to know it. */
interface Node {
  readonly spec: RddSpec
  readonly parents: readonly RddId[]
  /** Absent where only a function that has not run can say. */
  readonly layout?: { readonly partitions: number; readonly partitioner: number | undefined }
  /** Exchanges that are done. */
  readonly places: readonly number[]
  /** Orders may refer to it; others are only parents. */
  readonly isListed: boolean
  readonly isAwaited: boolean
}

interface Sketch {
  readonly nodes: readonly Node[]
  readonly records: number
}

/** The RDDs that are known, and all that they still need. */
function allOf({ rdds }: Held): ReadonlyMap<RddId, Rdd> {
  const all = new Map<RddId, Rdd>()
  const stack = [...rdds.values()]
  for (let rdd = stack.pop(); rdd !== undefined; rdd = stack.pop()) {
    if (all.has(rdd.spec.id)) continue
    all.set(rdd.spec.id, rdd)
    stack.push(...rdd.parents)
  }
  return all
}

function describe(known: ReadonlyMap<RddId, Rdd>, { rdds, awaited }: Held): Sketch {
  let records = 0
  const nodes = [...known.values()].map((rdd): Node => {
    records += weighRdd(rdd)
    return {
      spec: rdd.spec,
      parents: rdd.parents.map(({ spec }) => spec.id),
      ...(rdd.isLaidOut ? { layout: { partitions: rdd.owners.length, partitioner: rdd.partitioner } } : {}),
      places: [...rdd.exchanged.keys()],
      isListed: rdds.has(rdd.spec.id),
      isAwaited: awaited.includes(rdd.spec.id),
    }
  })
  return { nodes, records }
}

/** What all know together, parents first. Who has an RDD whole has forgotten its parents, which others may still need. */
function merge(sketches: readonly Sketch[]): { readonly nodes: readonly Node[]; readonly records: number } {
  const nodes = new Map<RddId, Node>()
  for (const node of sketches.flatMap((sketch) => sketch.nodes)) {
    const known = nodes.get(node.spec.id)
    nodes.set(
      node.spec.id,
      known === undefined
        ? node
        : {
            ...known,
            parents: known.parents.length === 0 ? node.parents : known.parents,
            isListed: known.isListed || node.isListed,
            isAwaited: known.isAwaited || node.isAwaited,
          },
    )
  }
  return {
    // An RDD is numbered after its parents.
    nodes: [...nodes.values()].sort((a, b) => a.spec.id - b.spec.id),
    records: sketches.reduce((sum, each) => sum + each.records, 0),
  }
}

/** The same RDDs over so many executors, with nothing in them. */
function layOut(nodes: readonly Node[], executors: number, stream: MoveTools['stream']): ReadonlyMap<RddId, Arrival> {
  const moved = new Map<RddId, Arrival>()
  for (const { spec, layout, parents: ids, places } of nodes) {
    const payloads: Arrival['payloads'] = new Map()
    const parents = ids.map((id) => rddOf(moved, id))
    const rdd =
      layout !== undefined && (parents.length === 0 || stream(spec.stream).spec.kind === 'transformed')
        ? makeSettledRdd(spec, stream(spec.stream), payloads, executors, { ...layout, parents })
        : makeRdd(spec, stream(spec.stream), parents, payloads, executors)
    for (const place of places) rdd.exchanged.set(place, [])
    moved.set(spec.id, { rdd, payloads })
  }
  return moved
}

/** What this executor holds, by the executor that it is for; a failure when something of it is no record. */
function bundleUp(
  known: ReadonlyMap<RddId, Rdd>,
  moved: ReadonlyMap<RddId, Arrival>,
  index: number,
): ReadonlyMap<number, readonly Freight[]> | JobFailure {
  const bundles = new Map<number, Freight[]>()
  for (const rdd of known.values()) {
    const ownerOf = (partition: number): number => rddOf(moved, rdd.spec.id).owners[partition] ?? 0
    try {
      for (const each of freightOf(rdd, (partition) => ownerOf(partition) !== index)) {
        const owner = ownerOf(each.head.partition)
        const bundle = bundles.get(owner)
        if (bundle === undefined) bundles.set(owner, [each])
        else bundle.push(each)
      }
    } catch (thrown) {
      return refusal(thrown, undefined, rdd.stream.node)
    }
  }
  return bundles
}

/** Puts what has arrived in its place. */
function takeIn(
  moved: ReadonlyMap<RddId, Arrival>,
  manifests: readonly Shipment[],
  arrived: readonly Shipment[],
): void {
  for (const { from, records } of manifests) {
    // Each sender numbers what it sends, in the order of its manifests.
    const lists = arrived.filter((each) => each.from === from).map((each) => each.records)
    let next = 0
    for (const each of records) {
      const head = each as FreightHead // a peer runs this same code
      const count = head.shipments.length + (head.kept === 'none' ? 0 : 1)
      unload(head, lists.slice(next, next + count), arrivalOf(moved, head.rdd), 'travelled')
      next += count
    }
  }
}

function stay({ head, lists }: Freight, moved: ReadonlyMap<RddId, Arrival>): void {
  unload(head, lists, arrivalOf(moved, head.rdd), 'stayed')
}

function arrivalOf(moved: ReadonlyMap<RddId, Arrival>, id: RddId): Arrival {
  const arrival = moved.get(id)
  invariant(arrival !== undefined, `RDD ${id} is known`)
  return arrival
}

const rddOf = (moved: ReadonlyMap<RddId, Arrival>, id: RddId): Rdd => arrivalOf(moved, id).rdd
