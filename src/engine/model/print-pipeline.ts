import { keyOrder } from '#engine/model/document/document-schema.ts'
import { invariant } from './invariant.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { MAX_DOCUMENT_BYTES } from './limits.ts'
import { parseJson, utf8Bytes } from './parse-json.ts'
import type { Pipeline } from './pipeline.ts'

const LINE_WIDTH = 120

/** The document as text for people: known keys first in a fixed order, two spaces, what fits on a line on one line.
 *  Shape:  parsePipelineText gives an equal document back; an empty description, notes, groups or params are left out
 *  Keeps:  unknown keys, after the known ones */
export function printPipeline(pipeline: Pipeline): string {
  const json = parseJson(pipeline)
  invariant(json.ok && isJsonObject(json.value), 'a pipeline is JSON')
  const document = inOrder(json.value)
  const text = `${printBroken(document, '', 0)}\n`
  // Line breaks may not make a document too large to be read again.
  return utf8Bytes(text) <= MAX_DOCUMENT_BYTES ? text : `${JSON.stringify(document)}`
}

function inOrder(document: JsonObject): JsonObject {
  const ordered = sorted(document, keyOrder.pipeline)
  const { settings, nodes, edges, notes, groups } = ordered
  return withoutEmpty(
    {
      ...ordered,
      ...(isJsonObject(settings) ? { settings: settingsInOrder(settings) } : {}),
      nodes: each(nodes, (node) => withoutEmpty(sorted(node, keyOrder.node), ['params'])),
      edges: each(edges, (edge) => sorted(edge, keyOrder.edge)),
      notes: each(notes, (note) => sorted(note, keyOrder.note)),
      groups: each(groups, (group) => sorted(group, keyOrder.group)),
    },
    ['description', 'notes', 'groups'],
  )
}

function settingsInOrder(settings: JsonObject): JsonObject {
  const ordered = sorted(settings, keyOrder.settings)
  const { accumulators, broadcasts } = ordered
  return {
    ...ordered,
    ...(accumulators === undefined ? {} : { accumulators: each(accumulators, (a) => sorted(a, keyOrder.accumulator)) }),
    ...(broadcasts === undefined ? {} : { broadcasts: each(broadcasts, (b) => sorted(b, keyOrder.broadcast)) }),
  }
}

function each(list: Json | undefined, change: (item: JsonObject) => JsonObject): Json {
  return items(list).map((item) => (isJsonObject(item) ? change(item) : item))
}

/** The items of an array; none of anything else. */
function items(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function sorted(object: JsonObject, order: readonly string[]): JsonObject {
  const result: Record<string, Json> = {}
  for (const key of order) {
    const value = object[key]
    if (value !== undefined) result[key] = value
  }
  // Known keys keep the place they have just got.
  return Object.assign(result, object)
}

function withoutEmpty(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key, value]) => !(keys.includes(key) && isEmpty(value))))
}

function isEmpty(value: Json): boolean {
  if (value === '') return true
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function print(value: Json, indent: string, room: number, depth: number): string {
  const flat = printFlat(value, room)
  // The document's own members are always spread out: one line for each node and each edge.
  if (flat !== undefined && (depth > 1 || isLeaf(value))) return flat
  return printBroken(value, indent, depth)
}

function isLeaf(value: Json): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0
}

function printBroken(value: Json, indent: string, depth: number): string {
  if (isLeaf(value)) return JSON.stringify(value)
  const inner = `${indent}  `
  const line = (start: string, item: Json) =>
    `${inner}${start}${print(item, inner, LINE_WIDTH - inner.length - start.length - 1, depth + 1)}`
  if (!isJsonObject(value))
    return `[\n${items(value)
      .map((item) => line('', item))
      .join(',\n')}\n${indent}]`
  const members = Object.entries(value).map(([key, item]) => line(`${JSON.stringify(key)}: `, item))
  return `{\n${members.join(',\n')}\n${indent}}`
}

/** The value on one line, or undefined when it takes more than `room` characters; stops reading as soon as it does. */
function printFlat(value: Json, room: number): string | undefined {
  if (typeof value === 'string' && value.length > room) return undefined
  if (isLeaf(value)) {
    const text = JSON.stringify(value)
    return text.length <= room ? text : undefined
  }
  const isArray = !isJsonObject(value)
  let text = isArray ? '[' : '{ '
  let first = true
  for (const [key, item] of isJsonObject(value) ? Object.entries(value) : items(value).entries()) {
    const start = `${first ? '' : ', '}${isArray ? '' : `${JSON.stringify(key)}: `}`
    const flat = printFlat(item, room - text.length - start.length)
    if (flat === undefined) return undefined
    text += start + flat
    first = false
  }
  text += isArray ? ']' : ' }'
  return text.length <= room ? text : undefined
}
