import { keyForm } from '#engine/record/key-form.ts'
import { isPair, stageKernel } from './kernel.ts'
import { Keyed } from './keyed.ts'
import type { Records } from './rdd.ts'

type Fn = (...args: unknown[]) => unknown

/** The whole of a batch's RDD on one executor, as a foreachRDD body sees it. Transformations are lazy and evaluated anew by each action.
 *  Source: core/rdd/RDD.scala */
export class WholeRdd {
  private readonly compute: () => readonly Records[]

  constructor(compute: () => readonly Records[]) {
    this.compute = compute
  }

  map(fn: Fn): WholeRdd {
    return this.each((records) => records.map((record) => fn(record)))
  }

  flatMap(fn: Fn): WholeRdd {
    return this.each((records) => records.flatMap((record) => [...stageKernel.items(fn(record))]))
  }

  filter(fn: Fn): WholeRdd {
    return this.each((records) => records.filter((record) => fn(record)))
  }

  mapPartitions(fn: Fn): WholeRdd {
    return this.each((records) => stageKernel.items(fn(records)))
  }

  mapValues(fn: Fn): WholeRdd {
    return this.each((records) => records.map((record) => [pairOf(record)[0], fn(pairOf(record)[1])]))
  }

  glom(): WholeRdd {
    return this.each((records) => [records])
  }

  keys(): WholeRdd {
    return this.each((records) => records.map((record) => pairOf(record)[0]))
  }

  values(): WholeRdd {
    return this.each((records) => records.map((record) => pairOf(record)[1]))
  }

  getNumPartitions(): number {
    return this.compute().length
  }

  collect(): unknown[] {
    return this.compute().flat(1)
  }

  count(): number {
    return this.compute().reduce((sum, records) => sum + records.length, 0)
  }

  isEmpty(): boolean {
    return this.compute().every((records) => records.length === 0)
  }

  first(): unknown {
    const [record] = this.take(1)
    if (this.isEmpty()) throw new Error('empty collection')
    return record
  }

  take(num: number): unknown[] {
    return this.collect().slice(0, Math.max(0, num))
  }

  top(num: number, compare: (a: unknown, b: unknown) => number = natural): unknown[] {
    return this.takeOrdered(num, (a, b) => compare(b, a))
  }

  takeOrdered(num: number, compare: (a: unknown, b: unknown) => number = natural): unknown[] {
    return this.collect().sort(compare).slice(0, Math.max(0, num))
  }

  reduce(fn: Fn): unknown {
    const [first, ...rest] = this.collect()
    if (this.isEmpty()) throw new Error('empty collection')
    return rest.reduce((a, b) => fn(a, b), first)
  }

  fold(zero: unknown, fn: Fn): unknown {
    return this.collect().reduce((a, b) => fn(a, b), zero)
  }

  aggregate(zero: unknown, seqOp: Fn, combOp: Fn): unknown {
    return this.compute().reduce<unknown>(
      (all, records) =>
        combOp(
          all,
          records.reduce<unknown>((a, b) => seqOp(a, b), zero),
        ),
      zero,
    )
  }

  foreach(fn: Fn): void {
    for (const record of this.collect()) fn(record)
  }

  foreachPartition(fn: Fn): void {
    for (const records of this.compute()) fn(records)
  }

  /** `[[value, count], …]`. */
  countByValue(): unknown[] {
    return counts(this.collect())
  }

  /** `[[key, count], …]`. */
  countByKey(): unknown[] {
    return counts(this.keys().collect())
  }

  lookup(key: unknown): unknown[] {
    const form = keyForm(key)
    return this.collect()
      .map(pairOf)
      .filter((pair) => Object.is(keyForm(pair[0]), form))
      .map((pair) => pair[1])
  }

  sum(): number {
    return this.collect().reduce<number>((sum, record) => sum + Number(record), 0)
  }

  mean(): number {
    return this.sum() / this.count()
  }

  max(compare: (a: unknown, b: unknown) => number = natural): unknown {
    return this.reduce((a, b) => (compare(a, b) >= 0 ? a : b))
  }

  min(compare: (a: unknown, b: unknown) => number = natural): unknown {
    return this.reduce((a, b) => (compare(a, b) <= 0 ? a : b))
  }

  private each(transform: (records: Records) => Records): WholeRdd {
    return new WholeRdd(() => this.compute().map(transform))
  }
}

/** Numbers by size, pairs and lists element by element, all else as text. */
function natural(a: unknown, b: unknown): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let index = 0; index < Math.min(a.length, b.length); index++) {
      const order = natural(a[index], b[index])
      if (order !== 0) return order
    }
    return a.length - b.length
  }
  if ((typeof a === 'number' || typeof a === 'bigint') && (typeof b === 'number' || typeof b === 'bigint'))
    return a < b ? -1 : a > b ? 1 : 0
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function pairOf(record: unknown): readonly [unknown, unknown] {
  if (!isPair(record)) stageKernel.notAPair(record)
  return record
}

function counts(values: readonly unknown[]): unknown[] {
  const counted = new Keyed<number>()
  for (const value of values) counted.at(value, () => 0).value += 1
  return Array.from(counted.cells.values(), (cell) => [cell.key, cell.value])
}
