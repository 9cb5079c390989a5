import { dateMs, setOwn, shapeOf } from './shape.ts'

/** A key, equal to the given one, that is safe to keep for long: in a key dictionary, in state, in a window.
 *
 *  JavaScript engines cut a string of 13 or more characters out of a text as a view of it, so a key split from a block
 *  of lines keeps the whole block alive (measured: 2,220 bytes a key against 78). Joining two parts of it copies the
 *  characters into a string of their own (gluing with + would keep views again, 32 bytes more a key); that costs some
 *  150 ns, so call it once per new key.
 *  Keys that are arrays or objects are copied too, so that a lambda which later changes its record does not change the
 *  key. Nothing checks that engines keep doing this: should one see through it, memory grows but results stay right. */
export function retainKey<Key>(key: Key): Key {
  return retain(key) as Key // a cast: the copy is of the same shape
}

const SHORTEST_VIEW = 13

function retain(key: unknown): unknown {
  if (typeof key === 'string') return key.length < SHORTEST_VIEW ? key : [key.slice(0, 12), key.slice(12)].join('')
  if (typeof key !== 'object' || key === null) return key
  if (Array.isArray(key)) return Array.from(key, retain)
  if (shapeOf(key) === 'date') return new Date(dateMs(key))
  const copy: Record<string, unknown> = {}
  for (const name of Object.keys(key)) setOwn(copy, name, retain((key as Record<string, unknown>)[name])) // a cast: own name
  return copy
}
