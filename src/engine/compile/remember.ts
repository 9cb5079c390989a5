/** A pure function of one immutable object, computed once for each object and forgotten with it.
 *  Keeps: results are shared, so they must be immutable as well */
export function remember<K extends object, V>(compute: (object: K) => V): (object: K) => V {
  const known = new WeakMap<K, { readonly value: V }>()
  return (object) => {
    const found = known.get(object)
    if (found !== undefined) return found.value
    const value = compute(object)
    known.set(object, { value })
    return value
  }
}
