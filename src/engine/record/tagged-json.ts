import type { Json } from '#engine/model/json.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { foreignName, printPath } from './foreign.ts'
import { RecordError } from './record-error.ts'
import { dateMs, MAX_DEPTH, setOwn, shapeOf } from './shape.ts'

/** Values outside JSON are written as an object with the key `$`: `{"$":"undefined"}`, `{"$":"number","v":"NaN"}` (also
 *  Infinity, -Infinity, -0), `{"$":"bigint","v":"12"}`, `{"$":"date","v":0}` (null when invalid). A record that itself
 *  has a key `$` is wrapped: `{"$":"object","v":{…}}`. */
const TAG = '$'

type Keys = (string | number)[]

/** The JSON value that stands for a record; `decodeTagged` is its inverse.
 *  Shape:  a new value throughout; a hole in an array becomes undefined, a date of another realm one of this realm
 *  Fails:  RecordError with the path of what is no record */
export function encodeTagged(value: unknown): Json {
  return encode(value, [])
}

/** The record that a tagged JSON value stands for. Keys named `__proto__` stay keys: no prototype is ever set.
 *  Fails: RecordError with the path of a tag that does not exist or has the wrong content */
export function decodeTagged(json: unknown): unknown {
  return decode(json, [])
}

/** A record as one line of tagged JSON.
 *  Fails: RecordError with the path of what is no record */
export function printTagged(value: unknown): string {
  return JSON.stringify(encode(value, []))
}

/** The record written in a tagged JSON text, or a sentence that says why there is none. Never throws. */
export function parseTagged(text: string): Result<unknown, string> {
  try {
    return ok(decode(JSON.parse(text), []))
  } catch (error) {
    if (error instanceof RecordError) return err(error.message)
    return err(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function encode(value: unknown, keys: Keys): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : tagged('number', printNumber(value))
    case 'undefined':
      return { [TAG]: 'undefined' }
    case 'bigint':
      return tagged('bigint', String(value))
    case 'object':
      return value === null ? null : encodeObject(value, keys)
    default:
      throw refuse(keys, `is ${foreignName(value)}, which no record may hold`)
  }
}

function encodeObject(value: object, keys: Keys): Json {
  const shape = shapeOf(value)
  if (shape === undefined) throw refuse(keys, `is ${foreignName(value)}, which no record may hold`)
  if (shape === 'date') {
    const ms = dateMs(value)
    return tagged('date', Number.isNaN(ms) ? null : ms)
  }
  if (keys.length >= MAX_DEPTH) throw tooDeep(keys)
  if (Array.isArray(value)) {
    return Array.from(value, (item: unknown, index) => inside(keys, index, () => encode(item, keys)))
  }
  const members: Record<string, Json> = {}
  for (const name of Object.keys(value)) {
    const member: unknown = (value as Record<string, unknown>)[name] // a cast: the name is its own
    setOwn(
      members,
      name,
      inside(keys, name, () => encode(member, keys)),
    )
  }
  return Object.hasOwn(members, TAG) ? tagged('object', members) : members
}

function decode(json: unknown, keys: Keys): unknown {
  if (typeof json !== 'object' || json === null) return json
  if (keys.length >= MAX_DEPTH) throw tooDeep(keys)
  if (Array.isArray(json)) {
    return Array.from(json, (item: unknown, index) => inside(keys, index, () => decode(item, keys)))
  }
  const object = json as Record<string, unknown> // a cast: what is neither null nor an array is an object
  return Object.hasOwn(object, TAG) ? decodeTag(object, keys) : decodeMembers(object, keys)
}

function decodeMembers(object: Record<string, unknown>, keys: Keys): Record<string, unknown> {
  const members: Record<string, unknown> = {}
  for (const name of Object.keys(object)) {
    setOwn(
      members,
      name,
      inside(keys, name, () => decode(object[name], keys)),
    )
  }
  return members
}

const specialNumbers = new Map<unknown, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
])

function decodeTag(object: Record<string, unknown>, keys: Keys): unknown {
  const content = Object.hasOwn(object, 'v') ? object.v : undefined
  switch (object[TAG]) {
    case 'undefined':
      return undefined
    case 'number': {
      const number = specialNumbers.get(content)
      if (number === undefined) throw refuse(keys, 'is tagged "number": "v" must be NaN, Infinity, -Infinity or -0')
      return number
    }
    case 'bigint':
      if (typeof content === 'string' && /^-?\d+$/.test(content)) return BigInt(content)
      throw refuse(keys, 'is tagged "bigint": "v" must be a text of digits')
    case 'date':
      if (content === null) return new Date(Number.NaN)
      if (typeof content === 'number' && Math.abs(content) <= LATEST_DATE_MS) return new Date(content)
      throw refuse(keys, 'is tagged "date": "v" must be milliseconds since 1970, or null')
    case 'object':
      if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
        return decodeMembers(content as Record<string, unknown>, keys) // a cast: just tested
      }
      throw refuse(keys, 'is tagged "object": "v" must be an object')
    default:
      throw refuse(
        keys,
        'has a key "$" that is no known tag (undefined, number, bigint, date, object). Wrap an object that has such a key of its own: {"$":"object","v":{…}}',
      )
  }
}

/** The largest time a JavaScript date can hold, in ms. */
const LATEST_DATE_MS = 8.64e15

function tagged(kind: string, content: Json): Json {
  return { [TAG]: kind, v: content }
}

function printNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

/** Runs a step one level deeper; the keys stay as they are when it throws, which is how errors know their place. */
function inside<T>(keys: Keys, key: string | number, step: () => T): T {
  keys.push(key)
  const value = step()
  keys.pop()
  return value
}

function refuse(keys: Keys, what: string): RecordError {
  return new RecordError(`${keys.length === 0 ? 'The value' : `The part ${printPath(keys)} of the value`} ${what}.`)
}

function tooDeep(keys: Keys): RecordError {
  return refuse(keys.slice(0, 3), `nests more than ${MAX_DEPTH} levels deep, or contains itself`)
}
