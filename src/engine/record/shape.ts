/** The kinds of objects a record may be made of; everything else is foreign. */
export type Shape = 'array' | 'date' | 'plain'

/** How deep a record may nest. Deeper values are refused rather than allowed to exhaust the call stack; a value that
 *  contains itself meets this limit too. */
export const MAX_DEPTH = 100

const ownPlain = Object.prototype
const ownArray = Array.prototype
const getTime = Date.prototype.getTime
const hasOwn = Object.prototype.hasOwnProperty

/** The shape of an object that may be part of a record, or undefined when it is foreign.
 *
 *  Works on values of every realm (the sandbox, a test's `vm` context), so nothing is compared with `instanceof`. A
 *  prototype counts as some realm's Object.prototype when its own prototype is null and it owns `isPrototypeOf`; the
 *  usual look at `constructor` is avoided because user data may own a key of that name and because a hardened realm
 *  may cut the property. Dates are known by their internal slot, which `Symbol.toStringTag` cannot fake.
 *
 *  Instances of classes that extend Array or Date are foreign: structured clone would silently drop their class.
 *  Fails: throws what a hostile proxy throws; a revoked proxy throws TypeError. */
export function shapeOf(value: object): Shape | undefined {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (Array.isArray(value)) return prototype === ownArray || isRootedOnce(prototype) ? 'array' : undefined
  if (prototype === null || isObjectPrototype(prototype)) return 'plain'
  return isRootedOnce(prototype) && isDate(value) ? 'date' : undefined
}

function isDate(value: object): value is Date {
  try {
    getTime.call(value as Date) // a cast on purpose: the call itself is the test, it throws without the date's slot
    return true
  } catch {
    return false
  }
}

/** Is the prototype one step below an Object.prototype, as Array.prototype and Date.prototype are? */
function isRootedOnce(prototype: unknown): boolean {
  return typeof prototype === 'object' && prototype !== null && isObjectPrototype(Object.getPrototypeOf(prototype))
}

function isObjectPrototype(candidate: unknown): boolean {
  return (
    candidate === ownPlain ||
    (typeof candidate === 'object' &&
      candidate !== null &&
      Object.getPrototypeOf(candidate) === null &&
      hasOwn.call(candidate, 'isPrototypeOf'))
  )
}

/** Milliseconds of a date of any realm; NaN for an invalid one. */
export function dateMs(date: object): number {
  return getTime.call(date as Date) // a cast: callers have asked shapeOf
}

/** Sets an own property whatever its name: a plain assignment to `__proto__` would replace the prototype. */
export function setOwn(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })
  } else {
    target[key] = value
  }
}
