import type { JsonPath } from '#engine/model/diagnostic.ts'
import { problem } from '#engine/model/diagnostic.ts'
import { checkShape } from '#engine/model/document/check-shape.ts'
import type { Applied, Edit } from '#engine/model/edit.ts'
import { parseJson } from '#engine/model/parse-json.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { err, ok, type Result } from '#engine/model/result.ts'

/** What an edit of one kind does. What the whole document must keep is checked after the outermost edit, not here. */
export interface EditRule<E extends Edit> {
  /** Keeps: whatever did not change is the same object; an edit without effect gives the same pipeline back.
   *  Fails: edit/…, and what the schema says of values that the edit brings in */
  apply(pipeline: Pipeline, edit: E): Result<Applied>
  /** What a history list calls it: "Move 3 nodes". */
  label(edit: E): string
  /** One edit of this kind that does what `first` and then `second` do, where there is one. */
  merge?(first: E, second: E): E | undefined
}

type Schema<T> = Parameters<typeof checkShape<T>>[0]

/** A value that an edit brings into the document, checked as if it had been read from a file. */
export function parsePart<T>(schema: Schema<T>, input: unknown, path: JsonPath): Result<T> {
  const json = parseJson(input, path)
  return json.ok ? checkShape(schema, json.value, path) : json
}

/** Several of them, in a list of the document. */
export function parseParts<T>(schema: Schema<T>, inputs: readonly unknown[], list: string): Result<readonly T[]> {
  const values: T[] = []
  for (const [i, input] of inputs.entries()) {
    const parsed = parsePart(schema, input, [list, i])
    if (!parsed.ok) return parsed
    values.push(parsed.value)
  }
  return ok(values)
}

/** The refusal of an edit that names what is not there. */
export function missing(what: string, id: string): Result<never> {
  return err([problem('edit/not-there', `There is no ${what} called ${id}.`, what === 'node' ? { node: id } : {})])
}

/** `1 node`, `3 nodes`. */
export function count(n: number, noun: string): string {
  return n === 1 ? `1 ${noun}` : `${n} ${noun}s`
}
