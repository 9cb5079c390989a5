import { dateMs, MAX_DEPTH, shapeOf } from './shape.ts'

/** Whether two records are written alike (see tagged-json.ts): names in the same order, `-0` is not `0`, NaN is NaN. What is no record is the
 *  same as nothing, itself included: nobody can tell whether it has changed. */
export function sameRecord(a: unknown, b: unknown): boolean {
  return typeof a !== 'object' || a === null || typeof b !== 'object' || b === null
    ? typeof a !== 'function' && Object.is(a, b)
    : sameObject(a, b, 0)
}

function sameObject(a: object, b: object, depth: number): boolean {
  const shape = depth < MAX_DEPTH ? shapeOf(a) : undefined
  if (shape === undefined || shape !== shapeOf(b)) return false
  if (shape === 'date') return Object.is(dateMs(a), dateMs(b))
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false
    for (let index = 0; index < a.length; index++) if (!sameMember(a[index], b[index], depth)) return false
    return true
  }
  const names = Object.keys(a)
  const others = Object.keys(b)
  if (names.length !== others.length) return false
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? ''
    if (name !== others[index]) return false
    if (!sameMember((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name], depth)) return false // own names
  }
  return true
}

function sameMember(a: unknown, b: unknown, depth: number): boolean {
  return typeof a !== 'object' || a === null || typeof b !== 'object' || b === null
    ? typeof a !== 'function' && Object.is(a, b)
    : sameObject(a, b, depth + 1)
}
