import type { NumberedKeys } from '#engine/record/key-index.ts'
import { JobFailure } from '#engine/runtime/executor/jobs/step-failure.ts'
import { ownPartitions, type Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import type { Held } from '#engine/runtime/executor/window/pair-columns.ts'
import type { RddId } from '#engine/runtime/rdd-spec.ts'
import { indexBytes, type PartitionBytes, partitionBytes, pastBytes } from './partition-bytes.ts'

/** How far all may go beyond the budget: with what is remembered of states that others came after, so that batches in which keys go end what others could
 *  not; with RDDs of earlier batches, which are made again for a later one; and with nodes that keep little, whose outputs are not to fail because another
 *  node keeps too much. */
const HEADROOM = 1.5
/** Share of the budget that is little. */
const LITTLE = 1 / 8

interface Partition extends PartitionBytes {
  /** What is left of it, as the state that came of it is kept as well; undefined: all. */
  past: number | undefined
}

interface Entry {
  readonly node: string
  readonly partitions: Map<number, Partition>
}

/** What an executor keeps between jobs, by estimate, and how much it may. */
export class MemoryLedger {
  private readonly budget: number
  private readonly executor: number
  private readonly entries = new Map<RddId, Entry>()
  /** Of all partitions. */
  private sum = 0
  /** Of those that others came after. */
  private past = 0
  /** Shared keys: what they take, for which node, and how many partitions share them. */
  private readonly indexes = new Map<NumberedKeys, { node: string; bytes: number; holders: number }>()

  /** `budget` in bytes. */
  constructor(budget: number, executor: number) {
    this.budget = budget
    this.executor = executor
  }

  /** Takes down that a partition is going to be kept, in a batch of this time.
   *  Fails: throws a JobFailure when there is no room; then it is not kept, and what was before stays */
  take(rdd: Rdd, partition: number, held: Held, batchMs: number): void {
    const { body, timeMs } = rdd.spec
    this.put(rdd, partition, held)
    const previous = 'previous' in body && body.previous !== undefined ? this.entries.get(body.previous) : undefined
    const older = previous?.partitions.get(partition)
    const past = older?.past
    if (older !== undefined) this.date(older, pastBytes(older, rdd, partition, held))
    const total = this.total()
    if (total <= this.budget) return
    const isLittle = (this.byNode().get(rdd.stream.node) ?? 0) < this.budget * LITTLE
    if (total <= this.budget * HEADROOM && (timeMs < batchMs || isLittle || total - this.past <= this.budget)) return
    const failure = this.failure(rdd, total)
    if (older !== undefined) this.date(older, past)
    this.drop(rdd.spec.id, partition)
    throw failure
  }

  forget(rdds: Iterable<RddId>): void {
    for (const id of rdds) {
      for (const partition of this.entries.get(id)?.partitions.keys() ?? []) this.drop(id, partition)
      this.entries.delete(id)
    }
  }

  /** Goes by what is kept, after it has been moved. */
  recount(rdds: Iterable<Rdd>): void {
    this.entries.clear()
    this.indexes.clear()
    this.sum = 0
    this.past = 0
    for (const rdd of rdds) {
      for (const partition of rdd.isLaidOut ? ownPartitions(rdd, this.executor) : []) {
        const held = rdd.kept?.look(partition)
        if (held !== undefined) this.put(rdd, partition, held)
      }
    }
  }

  /** Bytes that are kept. */
  total(): number {
    let total = this.sum
    for (const { bytes } of this.indexes.values()) total += bytes
    return total
  }

  private put(rdd: Rdd, partition: number, held: Held): void {
    const { id } = rdd.spec
    const { node } = rdd.stream
    this.drop(id, partition)
    const entry: Entry = this.entries.get(id) ?? { node, partitions: new Map() }
    this.entries.set(id, entry)
    const taken: Partition = { ...partitionBytes(rdd, held), past: undefined }
    entry.partitions.set(partition, taken)
    this.sum += taken.bytes
    if (taken.index !== undefined) this.holdIndex(taken.index, node)
  }

  private drop(id: RddId, partition: number): void {
    const entry = this.entries.get(id)
    const known = entry?.partitions.get(partition)
    if (known === undefined) return
    this.sum -= known.past ?? known.bytes
    this.past -= known.past ?? 0
    entry?.partitions.delete(partition)
    const shared = known.index === undefined ? undefined : this.indexes.get(known.index)
    if (shared === undefined || known.index === undefined) return
    shared.holders -= 1
    if (shared.holders === 0) this.indexes.delete(known.index)
  }

  private holdIndex(index: NumberedKeys, node: string): void {
    const shared = this.indexes.get(index) ?? { node, bytes: 0, holders: 0 }
    this.indexes.set(index, shared)
    shared.holders += 1
    shared.bytes = indexBytes(index)
  }

  private date(partition: Partition, past: number | undefined): void {
    this.sum += (past ?? partition.bytes) - (partition.past ?? partition.bytes)
    this.past += (past ?? 0) - (partition.past ?? 0)
    partition.past = past
  }

  private byNode(): ReadonlyMap<string, number> {
    const nodes = new Map<string, number>()
    const add = (node: string, bytes: number): void => {
      nodes.set(node, (nodes.get(node) ?? 0) + bytes)
    }
    for (const { node, partitions } of this.entries.values())
      for (const { bytes, past } of partitions.values()) add(node, past ?? bytes)
    for (const { node, bytes } of this.indexes.values()) add(node, bytes)
    return nodes
  }

  private failure(rdd: Rdd, total: number): JobFailure {
    const [[most, bytes] = [rdd.stream.node, total]] = [...this.byNode()].sort((a, b) => b[1] - a[1])
    return new JobFailure({
      node: rdd.stream.node,
      message: `Executor ${this.executor} would keep ${printBytes(total)}, and spark.executor.memory is ${printBytes(this.budget)}. Most of it, ${printBytes(bytes)}, is kept for "${most}". Make its window shorter or reduce it with an inverse, let keys go that get nothing (a time-out, or a function that returns nothing for them), or raise spark.executor.memory in the settings. What was kept before stays.`,
    })
  }
}

function printBytes(bytes: number): string {
  const [unit, size] = bytes >= 2 ** 30 ? ['GB', 2 ** 30] : bytes >= 2 ** 20 ? ['MB', 2 ** 20] : ['kB', 2 ** 10]
  return `${Number((bytes / Number(size)).toPrecision(3))} ${unit}`
}
