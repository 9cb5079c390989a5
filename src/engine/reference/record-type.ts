/** What the records of a stream in a random graph are. */
export type RecordType =
  | { readonly kind: 'number' | 'text' | 'null' | 'any' }
  | { readonly kind: 'pair'; readonly key: RecordType; readonly value: RecordType }
  | { readonly kind: 'list'; readonly of: RecordType }

export const NUMBER: RecordType = { kind: 'number' }
export const TEXT: RecordType = { kind: 'text' }
export const NULL: RecordType = { kind: 'null' }
/** Something of which only the general functions know what to do with it, such as a value that may be missing. */
export const ANY: RecordType = { kind: 'any' }

export const pair = (key: RecordType, value: RecordType): RecordType => ({ kind: 'pair', key, value })
export const list = (of: RecordType): RecordType => ({ kind: 'list', of })

export function depthOf(type: RecordType): number {
  if (type.kind === 'pair') return 1 + Math.max(depthOf(type.key), depthOf(type.value))
  return type.kind === 'list' ? 1 + depthOf(type.of) : 0
}

export function sameType(a: RecordType, b: RecordType): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
