export interface Remembered<K extends object, V> {
  (object: K): V
  /** Computes everything anew. */
  forget(): void
}

/** A pure function of one immutable object, computed once for each object and forgotten with it.
 *  Keeps: results are shared, so they must be immutable as well */
export function remember<K extends object, V>(compute: (object: K) => V): Remembered<K, V> {
  let known = new WeakMap<K, { readonly value: V }>()
  const ask = (object: K): V => {
    const found = known.get(object)
    if (found !== undefined) return found.value
    const value = compute(object)
    known.set(object, { value })
    return value
  }
  const forget = (): void => {
    known = new WeakMap()
  }
  return Object.assign(ask, { forget })
}
