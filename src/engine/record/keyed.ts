import { hashKey } from '#engine/record/hash.ts'
import { type KeyForm, keyForm } from '#engine/record/key-form.ts'
import { slotOrder } from '#engine/record/slot-order.ts'

/** Values by key, keys in order of first arrival. */
export class Keyed<V> {
  readonly cells = new Map<KeyForm, { readonly key: unknown; value: V }>()

  get(form: KeyForm): V | undefined {
    return this.cells.get(form)?.value
  }

  /** The value of a key, made by `create` when the key is new. */
  at(key: unknown, create: () => V): { value: V } {
    const form = keyForm(key)
    const found = this.cells.get(form)
    if (found !== undefined) return found
    const cell = { key, value: create() }
    this.cells.set(form, cell)
    return cell
  }
}

/** Items with keys in the order in which Spark's reduce side iterates over them when they were inserted in this order.
 *  Source: AppendOnlyMap; dstream-semantics §10.4 */
export function inSlotOrder<T>(items: readonly T[], keyOf: (item: T) => unknown): readonly T[] {
  if (items.length < 2) return items
  let nullIndex = -1
  const hashes = new Int32Array(items.length)
  let index = 0
  for (const item of items) {
    const key = keyOf(item)
    if (key === null) nullIndex = index
    hashes[index] = hashKey(key)
    index += 1
  }
  // One by one: Array.from takes twice as long.
  const ordered: T[] = []
  for (const place of slotOrder(hashes, nullIndex)) ordered.push(items[place] as T) // a permutation of the indexes
  return ordered
}
