import { MAX_DEPTH, shapeOf } from './shape.ts'

/** Where a value stops being a record, and what stands there. */
export interface Foreign {
  /** From the value inwards, as one would write it: `[1].user`; empty for the value itself. */
  readonly path: string
  /** With its article, to follow "is": `a function`, `a Map`, `an instance of Visit`. */
  readonly what: string
}

/** The first thing inside a value, depth first, that no record may hold; undefined when the value is a record.
 *  Records are undefined, null, booleans, numbers, strings, bigints, dates, arrays and plain objects of records.
 *  Properties of symbols, and further properties of arrays (as `match` adds them), are not looked at.
 *  Fails: never throws, not even on throwing getters and proxies: these are foreign. */
export function findForeign(value: unknown): Foreign | undefined {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol')) {
    return undefined
  }
  const walk: Walk = { ancestors: [], keys: [] }
  try {
    const what = findWhat(value, walk)
    return what === undefined ? undefined : { path: printPath(walk.keys), what }
  } catch {
    return { path: printPath(walk.keys), what: 'something that throws when it is read' }
  }
}

interface Walk {
  readonly ancestors: object[]
  /** The keys down to the value being looked at; left as they are when something is found. */
  readonly keys: (string | number)[]
}

function findWhat(value: unknown, walk: Walk): string | undefined {
  if (typeof value === 'function' || typeof value === 'symbol') return foreignName(value)
  if (typeof value !== 'object' || value === null) return undefined
  const shape = shapeOf(value)
  if (shape === undefined) return foreignName(value)
  if (shape === 'date') return undefined
  if (walk.ancestors.includes(value)) return 'an object that contains itself'
  if (walk.ancestors.length >= MAX_DEPTH) return `nested more than ${MAX_DEPTH} levels deep`
  walk.ancestors.push(value)
  const what = Array.isArray(value) ? findInArray(value, walk) : findInObject(value, walk)
  walk.ancestors.pop()
  return what
}

function findInArray(array: readonly unknown[], walk: Walk): string | undefined {
  for (let index = 0; index < array.length; index++) {
    walk.keys.push(index)
    const what = findWhat(array[index], walk)
    if (what !== undefined) return what
    walk.keys.pop()
  }
  return undefined
}

function findInObject(object: object, walk: Walk): string | undefined {
  for (const key of Object.keys(object)) {
    walk.keys.push(key)
    const what = findWhat((object as Record<string, unknown>)[key], walk) // a cast: the key is its own
    if (what !== undefined) return what
    walk.keys.pop()
  }
  return undefined
}

/** A path as one would write it in code: `[1].user["first name"]`. */
export function printPath(keys: readonly (string | number)[]): string {
  let path = ''
  for (const key of keys) {
    if (typeof key === 'number') path += `[${key}]`
    else if (/^[A-Za-z_$][\w$]*$/.test(key)) path += path === '' ? key : `.${key}`
    else path += `[${JSON.stringify(key)}]`
  }
  return path
}

/** What a foreign value is, with its article: `a function`, `a Promise`, `an instance of Visit`. Never throws. */
export function foreignName(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'symbol') return 'a symbol'
  const name = className(value)
  if (name === undefined) return 'an object of a class without a name'
  const article = /^[AEIO]/.test(name) ? 'an' : 'a'
  return builtIn.has(name) ? `${article} ${name}` : `an instance of ${name}`
}

const builtIn = new Set([
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Promise', 'RegExp', 'Error', 'TypeError', 'RangeError', 'Proxy'],
  ...['ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array'],
  ...['Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'],
])

/** The name of a value's class for messages, at most 40 characters; undefined without one. Never throws. */
export function className(value: unknown): string | undefined {
  try {
    const prototype: unknown = Object.getPrototypeOf(value)
    if (typeof prototype !== 'object' || prototype === null) return undefined
    const maker: unknown = (prototype as { constructor?: unknown }).constructor // a cast: only read, as unknown
    if (typeof maker !== 'function') return undefined
    const name: unknown = maker.name
    return typeof name === 'string' && /^[\w$]{1,40}$/.test(name) ? name : undefined
  } catch {
    return undefined
  }
}
