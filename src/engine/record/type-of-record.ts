import { cut } from './describe.ts'
import { className } from './foreign.ts'
import { shapeOf } from './shape.ts'

/** How much of a record is looked at and written. */
const LONGEST = 80
const DEEPEST = 4
const MOST_ITEMS = 20
const LONGEST_TUPLE = 5
const MOST_MEMBERS = 8

/** The type of a record as TypeScript would write it, shortened: `[string, number]`, `{user: string, at: Date}`,
 *  `number[]`. A list of two is taken for a pair; a longer one of one type for an array.
 *  Fails: never throws */
export function typeOfRecord(value: unknown): string {
  try {
    return cut(typeText(value, 0), LONGEST)
  } catch {
    return 'unreadable'
  }
}

function typeText(value: unknown, depth: number): string {
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value
  const shape = shapeOf(value)
  if (shape === 'date') return 'Date'
  if (shape === undefined) return className(value) ?? 'object'
  if (depth >= DEEPEST) return '…'
  return Array.isArray(value) ? arrayText(value, depth) : objectText(value, depth)
}

function arrayText(array: readonly unknown[], depth: number): string {
  const types = array.slice(0, MOST_ITEMS).map((item) => typeText(item, depth + 1))
  if (types.length === 2) return `[${types.join(', ')}]`
  const different = [...new Set(types)]
  if (different.length === 0) return '[]'
  if (different.length === 1) return `${different[0]}[]`
  return types.length <= LONGEST_TUPLE ? `[${types.join(', ')}]` : `(${different.join(' | ')})[]`
}

function objectText(object: object, depth: number): string {
  const names = Object.keys(object)
  const members = names.slice(0, MOST_MEMBERS).map((name) => {
    const member: unknown = (object as Record<string, unknown>)[name] // a cast: the name is its own
    return `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)}: ${typeText(member, depth + 1)}`
  })
  if (names.length > MOST_MEMBERS) members.push('…')
  return `{${members.join(', ')}}`
}
