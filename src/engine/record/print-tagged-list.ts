import { shapeOf } from './shape.ts'
import { encodeTagged } from './tagged-json.ts'

/** How deep the quick look goes: pairs of flat values, and states of one more level. */
const QUICK_DEPTH = 4

/** A list of records as tagged JSON text. Where JSON says it all, as for most, nothing is made on the way.
 *  Fails: RecordError with the path of what is no record */
export function printTaggedList(records: readonly unknown[]): string {
  return JSON.stringify(records.every((record) => isPlain(record, 0)) ? records : encodeTagged(records))
}

/** Whether JSON writes a value exactly as tagged JSON does. */
function isPlain(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
    case 'object':
      return value === null || (depth < QUICK_DEPTH && isPlainObject(value, depth + 1))
    default:
      return false
  }
}

function isPlainObject(value: object, depth: number): boolean {
  const shape = shapeOf(value)
  if (Array.isArray(value)) {
    if (shape !== 'array') return false
    for (let index = 0; index < value.length; index++) if (!isPlain(value[index], depth)) return false
    return true
  }
  if (shape !== 'plain') return false
  for (const name of Object.keys(value))
    if (name === '$' || !isPlain((value as Record<string, unknown>)[name], depth)) return false // an own name
  return true
}
