import type { PlanStream } from '#engine/compile/plan.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { Feed } from '#engine/operator/feed.ts'
import type { StreamKind, StreamSpec } from '#engine/operator/stream-spec.ts'
import { parentIds, type RddId, type RddSpec } from '#engine/runtime/rdd-spec.ts'
import type { Claim, Rdd } from './rdd.ts'

interface Layout {
  readonly owners: readonly number[]
  readonly partitioner: number | undefined
}

/** An RDD of the lineage; nothing is computed. `executors`: over how many its partitions are laid out. */
export function makeRdd(
  spec: RddSpec,
  stream: PlanStream,
  parents: readonly Rdd[],
  payloads: Rdd['payloads'],
  executors: number,
): Rdd {
  return new PlacedRdd(spec, stream, parents, payloads, executors)
}

/** As `makeRdd`, of one that executors are told of. `find`: those that they have been told of before. */
export function makeToldRdd(
  spec: RddSpec,
  stream: PlanStream,
  find: (id: RddId) => Rdd,
  payloads: Rdd['payloads'],
  executors: number,
): Rdd {
  const { body } = spec
  if (body.kind !== 'slid') return makeRdd(spec, stream, parentIds(body).map(find), payloads, executors)
  const previous = find(body.previous)
  const entering = body.entering.map(find)
  const parents = previous.parents.slice(body.leaving).concat(entering)
  const rdd = new PlacedRdd(spec, stream, parents, payloads, executors, slidLayout(previous, parents, entering))
  rdd.doneParents = Math.max(0, previous.doneParents - body.leaving)
  return rdd
}

/** Of a window whose panes are partitioned alike, as those of the one before were. */
function slidLayout(previous: Rdd, parents: readonly Rdd[], entering: readonly Rdd[]): Layout | undefined {
  if (!previous.isLaidOut || previous.partitioner === undefined) return undefined
  const { partitioner } = previous
  const isAlike = (rdd: Rdd): boolean => rdd.isLaidOut && (rdd.owners.length === 0 || rdd.partitioner === partitioner)
  const head = entering.every(isAlike) ? parents.find((rdd) => rdd.owners.length > 0) : undefined
  return head && { owners: head.owners, partitioner }
}

/** As `makeRdd`, of an RDD whose partitions are known and whose parents are forgotten, or never said where it lies: it may lie anywhere,
 *  as long as what is partitioned alike lies alike. */
export function makeSettledRdd(
  spec: RddSpec,
  stream: PlanStream,
  payloads: Rdd['payloads'],
  executors: number,
  { partitions, partitioner, parents }: Known,
): Rdd {
  const layout = { owners: spread(partitions, executors), partitioner }
  return new PlacedRdd(spec, stream, parents, payloads, executors, layout)
}

interface Known extends Pick<Rdd, 'partitioner' | 'parents'> {
  readonly partitions: number
}

class PlacedRdd implements Rdd {
  readonly spec: RddSpec
  readonly stream: PlanStream
  parents: readonly Rdd[]
  doneParents = 0
  readonly payloads: Rdd['payloads']
  readonly exchanged: Rdd['exchanged'] = new Map()
  kept: Rdd['kept']
  readonly edits: Rdd['edits'] = new Map()
  readonly saved = new Set<number>()
  claim: Claim | undefined
  readonly metered = new Set<number>()
  private readonly executors: number
  private layout: Layout | undefined

  constructor(
    spec: RddSpec,
    stream: PlanStream,
    parents: readonly Rdd[],
    payloads: Rdd['payloads'],
    executors: number,
    layout?: Layout,
  ) {
    this.spec = spec
    this.stream = stream
    this.parents = parents
    this.payloads = payloads
    this.executors = executors
    this.layout = layout
    // As early as can be: a layout follows from parents, which are forgotten in time.
    if (layout === undefined && !isTransformed(this) && parents.every((parent) => parent.isLaidOut))
      this.layout = layoutOf(spec, stream, parents, executors)
  }

  get isLaidOut(): boolean {
    this.layOut()
    return this.layout !== undefined
  }

  get owners(): readonly number[] {
    return this.laidOut().owners
  }

  get partitioner(): number | undefined {
    return this.laidOut().partitioner
  }

  decide(partitions: number, partitioner: number | undefined): void {
    this.layout = { owners: spread(partitions, this.executors), partitioner }
  }

  private layOut(): void {
    if (this.layout !== undefined || isTransformed(this) || !this.parents.every((parent) => parent.isLaidOut)) return
    this.layout = layoutOf(this.spec, this.stream, this.parents, this.executors)
  }

  private laidOut(): Layout {
    this.layOut()
    invariant(this.layout !== undefined, `RDD ${this.spec.id} of ${this.stream.node} is laid out`)
    return this.layout
  }
}

/** Whether only its function can say how many partitions an RDD has. */
export function isTransformed({ spec, stream }: Pick<Rdd, 'spec' | 'stream'>): boolean {
  return stream.spec.kind === 'transformed' && spec.body.kind === 'derived'
}

function layoutOf({ body }: RddSpec, stream: PlanStream, parents: readonly Rdd[], executors: number): Layout {
  switch (body.kind) {
    case 'blocks':
      return { owners: spread(body.partitions, executors), partitioner: undefined }
    case 'simulated':
      return { owners: spread(simulatedPartitions(stream.spec), executors), partitioner: undefined }
    case 'restored':
      return { owners: spread(body.partitions, executors), partitioner: body.partitioner }
    case 'reducedWindow':
    case 'state':
    case 'mapWithState':
      return hashed(keyPartitions(stream.spec), executors)
    case 'derived':
    case 'slid':
      return derived[stream.spec.kind](stream.spec, parents, executors)
  }
}

function simulatedPartitions(spec: StreamSpec): number {
  const feed: Feed | undefined = spec.kind === 'source' ? spec.feed : undefined
  invariant(feed?.kind === 'simulated', 'simulated rows belong to a simulated source')
  return feed.partitions
}

function keyPartitions(spec: StreamSpec): number {
  invariant('partitions' in spec, `${spec.kind} is partitioned by key`)
  return spec.partitions
}

const derived: Record<StreamKind, (spec: StreamSpec, parents: readonly Rdd[], executors: number) => Layout> = {
  narrow: (spec, parents) => {
    const parent = first(parents)
    const keeps =
      spec.kind === 'narrow' && (spec.step === 'filter' || spec.step === 'mapValues' || spec.step === 'flatMapValues')
    return { owners: parent.owners, partitioner: keeps ? parent.partitioner : undefined }
  },
  partitionwise: (spec, parents) => {
    const parent = first(parents)
    return {
      owners: parent.owners,
      partitioner: spec.kind === 'partitionwise' && spec.preservesPartitioning ? parent.partitioner : undefined,
    }
  },
  union: (_spec, parents) => together(parents),
  windowed: (_spec, parents) => together(parents),
  appended: (_spec, parents) => ({ owners: [...first(parents).owners, 0], partitioner: undefined }),
  shuffled: (spec, _parents, executors) => hashed(keyPartitions(spec), executors),
  cogrouped: (spec, _parents, executors) => hashed(keyPartitions(spec), executors),
  repartitioned: (spec, _parents, executors) => ({
    owners: spread(keyPartitions(spec), executors),
    partitioner: undefined,
  }),
  mapWithState: never,
  transformed: never,
  source: never,
  reducedWindow: never,
  state: never,
}

/** Partitions of all parents one after another, or merged index by index when all are partitioned alike. Parents without partitions do not count.
 *  Source: SparkContext.union, PartitionerAwareUnionRDD; dstream-semantics §10.2 */
function together(parents: readonly Rdd[]): Layout {
  const counting = parents.filter((parent) => parent.owners.length > 0)
  const [head] = counting
  if (head?.partitioner !== undefined && counting.every((parent) => parent.partitioner === head.partitioner)) {
    return { owners: head.owners, partitioner: head.partitioner }
  }
  return { owners: counting.flatMap((parent) => parent.owners), partitioner: undefined }
}

function spread(partitions: number, executors: number): number[] {
  return Array.from({ length: partitions }, (_, partition) => partition % executors)
}

function hashed(partitions: number, executors: number): Layout {
  return { owners: spread(partitions, executors), partitioner: partitions }
}

function first(parents: readonly Rdd[]): Rdd {
  const [parent] = parents
  invariant(parent !== undefined, 'a derived RDD has a parent')
  return parent
}

function never(spec: StreamSpec): Layout {
  throw new Error(`${spec.kind} is not derived from parents alone`)
}
