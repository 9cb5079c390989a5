import { type Diagnostic, type JsonPath, problem } from './diagnostic.ts'
import { FORBIDDEN_KEYS, type Json } from './json.ts'
import { findJsonMistake } from './json-mistake.ts'
import { MAX_DEPTH, MAX_DOCUMENT_BYTES } from './limits.ts'
import { err, ok, type Result } from './result.ts'

const MAX_PROBLEMS = 20

/** Text → JSON value, within the limits of a document.
 *  Fails: json/too-large, json/syntax (line and column in the message), and what parseJson refuses; never throws */
export function parseJsonText(text: string, maxBytes: number = MAX_DOCUMENT_BYTES): Result<Json> {
  if (utf8Bytes(text) > maxBytes) return err([tooLarge(maxBytes)])
  let value: unknown
  try {
    // A byte order mark is what some editors begin a file with.
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    // Browsers word this error differently, some without a position, so the place is looked for here.
    const { at, message } = findJsonMistake(text, MAX_DEPTH)
    const before = text.slice(0, at).split('\n')
    const column = (before.at(-1) ?? '').length + 1
    return err([problem('json/syntax', `Line ${before.length}, column ${column}: ${message}`, { path: [] })])
  }
  return parseJson(value)
}

/** A deep copy of anything that is JSON: plain objects, arrays, finite numbers, strings, booleans and null.
 *  Shape:  keys whose value is undefined are left out, as JSON.stringify does; -0 becomes 0
 *  Fails:  json/forbidden-key, json/not-json, json/too-deep, json/too-large, json/unreadable; never throws */
export function parseJson(input: unknown, path: JsonPath = []): Result<Json> {
  const copier = new JsonCopier(path)
  let value: Json
  try {
    value = copier.copy(input)
  } catch {
    // Only a getter or a proxy in the input can throw here.
    return err([problem('json/unreadable', 'This value cannot be read as JSON.', { path })])
  }
  return copier.problems.length === 0 ? ok(value) : err(copier.problems)
}

/** How many bytes a text takes as UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    // A surrogate pair takes four bytes: two for each of its units.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2
  }
  return bytes
}

/** The problem of JSON that takes more than `maxBytes`. */
export function tooLarge(maxBytes: number): Diagnostic {
  const message = `This takes more than ${Math.round(maxBytes / 1024)} KiB, which is the most that is allowed.`
  return problem('json/too-large', message, {
    hint: 'Keep large data in a file or another source, not in the document.',
    path: [],
  })
}

class JsonCopier {
  readonly problems: Diagnostic[] = []
  /** Where the value being copied stands; one array for all, as most values have no problem. */
  private readonly path: (string | number)[]
  /** Values and characters that may still be read: references shared many times over cannot blow up. */
  private room = MAX_DOCUMENT_BYTES

  constructor(path: JsonPath) {
    this.path = [...path]
  }

  copy(input: unknown): Json {
    this.room -= 1
    if (this.room < 0 || this.problems.length >= MAX_PROBLEMS) return this.noRoom()
    if (input === null || typeof input === 'boolean') return input
    if (typeof input === 'string') {
      this.room -= input.length
      return this.room < 0 ? this.noRoom() : input
    }
    if (typeof input === 'number') {
      if (!Number.isFinite(input))
        return this.refuse('json/not-json', 'A JSON number must be finite and not too large.')
      return input === 0 ? 0 : input
    }
    if (typeof input !== 'object') return this.refuse('json/not-json', `JSON has no ${typeof input}.`)
    if (this.path.length >= MAX_DEPTH) {
      return this.refuse('json/too-deep', `This is nested more than ${MAX_DEPTH} levels deep.`)
    }
    return Array.isArray(input) ? this.copyArray(input) : this.copyObject(input)
  }

  private copyArray(input: readonly unknown[]): Json {
    const length = input.length
    if (length > this.room) {
      this.room = -1
      return this.noRoom()
    }
    const copy: Json[] = []
    for (let i = 0; i < length; i++) copy.push(this.copyAt(i, input[i]))
    return copy
  }

  private copyObject(input: object): Json {
    const prototype: unknown = Object.getPrototypeOf(input)
    // Object.prototype of any realm has no prototype of its own.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      return this.refuse('json/not-json', 'JSON has plain objects only.')
    }
    const copy: Record<string, Json> = {}
    for (const key of Object.keys(input)) {
      this.room -= key.length
      if (FORBIDDEN_KEYS.has(key)) {
        this.path.push(key)
        this.refuse('json/forbidden-key', `The key ${JSON.stringify(key)} is not allowed.`, 'Rename it.')
        this.path.pop()
        continue
      }
      // Object.keys named it, so this reads an own property.
      const value = (input as Record<string, unknown>)[key]
      if (value !== undefined) copy[key] = this.copyAt(key, value)
    }
    return copy
  }

  private copyAt(step: string | number, input: unknown): Json {
    this.path.push(step)
    const copy = this.copy(input)
    this.path.pop()
    return copy
  }

  private refuse(code: string, message: string, hint?: string): Json {
    if (this.problems.length < MAX_PROBLEMS) {
      const path = [...this.path]
      this.problems.push(problem(code, message, hint === undefined ? { path } : { path, hint }))
    }
    return null
  }

  private noRoom(): Json {
    if (this.problems.length === 0) this.problems.push(tooLarge(MAX_DOCUMENT_BYTES))
    return null
  }
}
