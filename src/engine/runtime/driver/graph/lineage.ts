import type { Plan, PlanStream } from '#engine/compile/plan.ts'
import type { RddBody, RddId, RddSpec } from '#engine/runtime/rdd-spec.ts'
import type { KeptPayload } from '#engine/runtime/wire.ts'

/** An RDD in the driver's hands: how it came to be, so that it can be made again on new executors.
 *  Source: RDD, RDDCheckpointData */
export interface RddHandle {
  readonly spec: RddSpec
  /** Emptied when a checkpoint cuts the lineage. */
  parents: readonly RddHandle[]
  /** What executors are given of it, by partition: blocks, or a checkpoint's records. */
  payloads: readonly KeptPayload[]
  /** Hash partitions of what is restored, when each pair lies in its key's. */
  partitioner: number | undefined
  /** The checkpoint is stored: from now on the RDD is restored from `payloads` instead of computed. */
  checkpointed: boolean
  /** How the parents of a window's RDD follow from those of the window before, where no checkpoint comes between. */
  readonly slid?: Slid
}

export interface Slid {
  readonly previous: RddId
  /** How many of its parents are no longer in the window, which are its first ones. */
  readonly leaving: number
  readonly entering: readonly RddHandle[]
}

/** Makes RDDs, numbered in order. */
export class Lineage {
  private nextId: RddId = 0

  make(
    stream: PlanStream,
    timeMs: number,
    body: RddBody,
    options: { parents?: readonly RddHandle[]; payloads?: readonly KeptPayload[]; checkpoint?: boolean } = {},
  ): RddHandle {
    const { parents = [], payloads = [], checkpoint = false } = options
    const spec: RddSpec = { id: this.nextId++, stream: stream.id, timeMs, checkpoint, body }
    const isRestored = body.kind === 'restored'
    return { spec, parents, payloads, partitioner: isRestored ? body.partitioner : undefined, checkpointed: isRestored }
  }
}

/** How an RDD is described to executors that know others: a checkpointed one as restored. */
export function specOf(
  { spec, payloads, partitioner, checkpointed, slid }: RddHandle,
  isKnown: (id: RddId) => boolean,
): RddSpec {
  if (!checkpointed && slid !== undefined && isKnown(slid.previous)) {
    const { previous, leaving, entering } = slid
    return { ...spec, body: { kind: 'slid', previous, leaving, entering: entering.map((rdd) => rdd.spec.id) } }
  }
  if (!checkpointed) return spec
  return { ...spec, checkpoint: false, body: { kind: 'restored', partitions: payloads.length, partitioner } }
}

/** Whether making `root` runs a function of the node for the root's own batch. */
export function needsNode(root: RddHandle, node: string, plan: Plan): boolean {
  const isOf = ({ spec }: RddHandle): boolean =>
    spec.timeMs === root.spec.timeMs && plan.streams[spec.stream]?.node === node
  return unknownBelow([root], () => false).some(isOf)
}

/** What `roots` are made of and executors do not know yet, parents first; a checkpoint needs no parents. */
export function unknownBelow(roots: Iterable<RddHandle>, isKnown: (id: RddId) => boolean): readonly RddHandle[] {
  const done = new Set<RddHandle>()
  const stack = [...roots].filter((root) => !isKnown(root.spec.id)).reverse()
  while (stack.length > 0) {
    const top = stack.at(-1)
    if (top === undefined) break
    // Who knows the window before knows what stays of it.
    const parents = top.slid !== undefined && isKnown(top.slid.previous) ? top.slid.entering : top.parents
    const missing = parents.filter((parent) => !done.has(parent) && !isKnown(parent.spec.id))
    if (done.has(top) || missing.length === 0) {
      done.add(top)
      stack.pop()
    } else stack.push(...missing)
  }
  return [...done]
}
