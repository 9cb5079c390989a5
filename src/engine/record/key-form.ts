import { findForeign } from './foreign.ts'
import { RecordError } from './record-error.ts'
import { dateMs, MAX_DEPTH, shapeOf } from './shape.ts'

/** A key as a JavaScript Map wants it: equal keys are the same primitive (SameValueZero). */
export type KeyForm = string | number | boolean | bigint | null | undefined

/** The primitive that stands for a key in a Map or Set: keys are equal exactly when their forms are.
 *  Arrays, objects and dates compare by content, objects regardless of the order of their keys; `1` is not `"1"`, nor
 *  `1n`; `-0` is `0`; NaN equals NaN; undefined is not null; a hole in an array is undefined.
 *  Fails: RecordError for a key that is no record. */
export function keyForm(key: unknown): KeyForm {
  switch (typeof key) {
    case 'string':
      // "\0" opens the forms of structures, so a string that begins with it gets another one in front.
      return key.charCodeAt(0) === 0 ? `\0${key}` : key
    case 'number':
    case 'boolean':
    case 'bigint':
    case 'undefined':
      return key
    default:
      return key === null ? null : `\0${structure(key, key, 0)}`
  }
}

/** Self-delimiting text: strings carry their length, so no character needs escaping and no two values share a text. */
function structure(value: unknown, whole: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return `"${value.length}:${value}`
    case 'number':
      return `${value};` // prints -0 as 0
    case 'boolean':
      return value ? 'T' : 'F'
    case 'bigint':
      return `${value}n`
    case 'undefined':
      return 'U'
    default:
      return value === null ? 'Z' : objectStructure(value, whole, depth)
  }
}

function objectStructure(value: unknown, whole: unknown, depth: number): string {
  const shape = typeof value === 'object' && value !== null && depth < MAX_DEPTH ? shapeOf(value) : undefined
  if (shape === undefined || typeof value !== 'object' || value === null) throw foreignKey(whole)
  if (shape === 'date') return `D${dateMs(value)};`
  if (Array.isArray(value)) {
    let text = '['
    for (let index = 0; index < value.length; index++) text += structure(value[index], whole, depth + 1)
    return `${text}]`
  }
  let text = '{'
  for (const name of Object.keys(value).sort()) {
    const member: unknown = (value as Record<string, unknown>)[name] // a cast: the name is its own
    text += `${name.length}:${name}${structure(member, whole, depth + 1)}`
  }
  return `${text}}`
}

/** The error for a key that holds something foreign. */
export function foreignKey(key: unknown): RecordError {
  const foreign = findForeign(key)
  const what = foreign?.what ?? `nested more than ${MAX_DEPTH} levels deep`
  const place = foreign === undefined || foreign.path === '' ? 'The key' : `The part ${foreign.path} of the key`
  return new RecordError(
    `${place} is ${what}. Keys are made of strings, numbers, booleans, bigints, dates, null, arrays and plain objects.`,
  )
}
