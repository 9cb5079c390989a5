import { inTableOrder } from './java-order.ts'
import { type Pair, pairOf, range, textOf, type WholeBatch } from './whole-batch.ts'

type Fn = (...args: readonly unknown[]) => unknown

export interface WindowRule {
  readonly reduce: Fn
  readonly inverse: Fn
  readonly filter: Fn | undefined
  readonly count: number
}

/** The next result of an incremental window: `left` and `came` are the reduced batches that left and entered it, oldest first.
 *  Source: dstream-semantics §4.4 */
export function nextWindow(
  { reduce, inverse, filter, count }: WindowRule,
  previous: WholeBatch | undefined,
  left: readonly WholeBatch[],
  came: readonly WholeBatch[],
): WholeBatch {
  const partitions = range(count).map((to) => {
    const valuesIn = (batches: readonly WholeBatch[]) => {
      const byKey = new Map<string, unknown[]>()
      for (const pair of batches.flatMap((batch) => batch.partitions[to] ?? [])) {
        const [key, value] = pairOf(pair)
        byKey.set(textOf(key), [...(byKey.get(textOf(key)) ?? []), value])
      }
      return byKey
    }
    const before = new Map((previous?.partitions[to] ?? []).map((pair) => [textOf(pairOf(pair)[0]), pairOf(pair)[1]]))
    const old = valuesIn(left)
    const fresh = valuesIn(came)
    const keys = new Map<string, unknown>()
    for (const batch of [...(previous === undefined ? [] : [previous]), ...left, ...came])
      for (const pair of batch.partitions[to] ?? []) keys.set(textOf(pairOf(pair)[0]), pairOf(pair)[0])
    const combined = (values: readonly unknown[]) => values.reduce((a, b) => reduce(a, b))
    const pairs = [...keys].map(([form, key]): Pair => {
      const gone = old.get(form)
      const entered = fresh.get(form)
      if (!before.has(form)) {
        if (entered === undefined) throw new Error('neither previous window has value for key, nor new values found')
        return [key, combined(entered)]
      }
      const kept = gone === undefined ? before.get(form) : inverse(before.get(form), combined(gone))
      return [key, entered === undefined ? kept : reduce(kept, combined(entered))]
    })
    const ordered = inTableOrder(pairs, ([key]) => key)
    return filter === undefined ? ordered : ordered.filter((pair) => filter(pair))
  })
  return { partitions, partitioner: count }
}
