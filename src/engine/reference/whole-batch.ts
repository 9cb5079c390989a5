import { hashPartition, inTableOrder } from './java-order.ts'

/** One batch of one stream, whole: its partitions in order. */
export interface WholeBatch {
  readonly partitions: readonly (readonly unknown[])[]
  /** Number of hash partitions, when every pair lies in its key's. */
  readonly partitioner?: number | undefined
}

export type Pair = readonly [key: unknown, value: unknown]
type Fn = (...args: readonly unknown[]) => unknown

/** How the values of a key become one. */
export interface Combiner {
  readonly create: Fn
  readonly mergeValue: Fn
  readonly mergeCombiner: Fn
  readonly mapSide: boolean
}

/** Even slices. Source: dstream-semantics §10.1 */
export function sliced(records: readonly unknown[], partitions: number): WholeBatch {
  const cut = (i: number) => Math.floor((i * records.length) / partitions)
  return { partitions: range(partitions).map((i) => records.slice(cut(i), cut(i + 1))) }
}

export function range(count: number): number[] {
  return [...Array(count).keys()]
}

/** Each partition for itself. `keeps`: keys stay where they are. */
export function eachPartition(
  { partitions, partitioner }: WholeBatch,
  fn: (records: readonly unknown[]) => readonly unknown[],
  keeps = false,
): WholeBatch {
  return { partitions: partitions.map(fn), partitioner: keeps ? partitioner : undefined }
}

/** Source: dstream-semantics §10.2 */
export function together(batches: readonly WholeBatch[]): WholeBatch {
  const rest = batches.filter(({ partitions }) => partitions.length > 0)
  const partitioner = rest[0]?.partitioner
  if (partitioner !== undefined && rest.every((batch) => batch.partitioner === partitioner)) {
    const merged = range(partitioner).map((i) => rest.flatMap(({ partitions }) => partitions[i] ?? []))
    return { partitions: merged, partitioner }
  }
  return { partitions: rest.flatMap(({ partitions }) => partitions) }
}

export function pairOf(record: unknown): Pair {
  if (Array.isArray(record) && record.length === 2) return [record[0], record[1]]
  throw new TypeError('no pair')
}

/** Keys that are the same have the same text. */
export function textOf(key: unknown): string {
  return JSON.stringify(key)
}

/** Pairs made one by one into cells, in order of first arrival. */
function gather(pairs: readonly unknown[], first: Fn, next: Fn, cells = new Map<string, Pair>()): Map<string, Pair> {
  for (const record of pairs) {
    const [key, value] = pairOf(record)
    const found = cells.get(textOf(key))
    cells.set(textOf(key), found === undefined ? [key, first(value)] : [found[0], next(found[1], value)])
  }
  return cells
}

/** What a partition gets of each map partition, in their order. */
function arriving({ partitions, partitioner }: WholeBatch, count: number, to: number): readonly (readonly unknown[])[] {
  if (partitioner === count) return [partitions[to] ?? []]
  return partitions.map((records) => records.filter((record) => hashPartition(pairOf(record)[0], count) === to))
}

/** Source: dstream-semantics §5 */
export function combineByKey(batch: WholeBatch, count: number, combiner: Combiner): WholeBatch {
  const { create, mergeValue, mergeCombiner, mapSide } = combiner
  const stays = batch.partitioner === count
  const mapped =
    mapSide && !stays
      ? eachPartition(batch, (records) => [...gather(records, create, mergeValue).values()])
      : eachPartition(batch, (records) => records.map(pairOf), true)
  const partitions = range(count).map((to) => {
    const cells = new Map<string, Pair>()
    for (const pairs of arriving(mapped, count, to)) {
      if (mapSide && !stays) gather(pairs, (value) => value, mergeCombiner, cells)
      else gather(pairs, create, mergeValue, cells)
    }
    return inTableOrder([...cells.values()], ([key]) => key)
  })
  return { partitions, partitioner: count }
}

export const reducing = (fn: Fn): Combiner => ({
  create: (value) => value,
  mergeValue: fn,
  mergeCombiner: fn,
  mapSide: true,
})

export const grouping: Combiner = {
  create: (value) => [value],
  mergeValue: (all, value) => [...listOf(all), value],
  mergeCombiner: (all, more) => [...listOf(all), ...listOf(more)],
  mapSide: true,
}

export function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('no list')
  return value
}

/** One side of a cogrouped key: the values of each parent. */
export interface Group {
  readonly key: unknown
  readonly sides: readonly unknown[][]
}

/** The values of every key by parent, partition by partition, in order of first arrival. */
export function groups(parents: readonly WholeBatch[], count: number): readonly (readonly Group[])[] {
  return range(count).map((to) => {
    const cells = new Map<string, Group>()
    parents.forEach((parent, place) => {
      for (const record of arriving(parent, count, to).flat()) {
        const [key, value] = pairOf(record)
        const cell = cells.get(textOf(key)) ?? { key, sides: parents.map(() => []) }
        cells.set(textOf(key), cell)
        cell.sides[place]?.push(value)
      }
    })
    return inTableOrder([...cells.values()], (cell) => cell.key)
  })
}
