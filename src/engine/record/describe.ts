import { className } from './foreign.ts'
import { dateMs, shapeOf } from './shape.ts'

const ELLIPSIS = '…'
/** Deeper parts are written as `…`. */
const DEEPEST = 8

/** About 6,000 digits. */
const LONG = 1n << 20_000n

/** One line of JavaScript-like text for a value, for messages and samples, cut at `maxLength` characters.
 *  Shape:  `["a", 1]`, `{user: "ann", at: Date(1970-01-01T00:00:00.000Z)}`, `12n`, `-0`, `[Promise]`
 *  Fails:  never throws: throwing getters, proxies and objects that contain themselves have texts too */
export function describeValue(value: unknown, maxLength = 120): string {
  const writer: Writer = { text: '', room: maxLength, ancestors: [] }
  try {
    write(writer, value)
  } catch {
    writer.text += '[unreadable]'
  }
  return cut(writer.text, maxLength)
}

/** Shortens a text to at most `maxLength` characters, the last then an ellipsis; never cuts a surrogate pair in two. */
export function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  if (maxLength <= 0) return ''
  const kept = text.slice(0, maxLength - 1)
  return (/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept) + ELLIPSIS
}

interface Writer {
  text: string
  /** Writing stops soon after the text is longer than this; the rest is cut off. */
  readonly room: number
  readonly ancestors: object[]
}

function isFull(writer: Writer): boolean {
  return writer.text.length > writer.room
}

function write(writer: Writer, value: unknown): void {
  switch (typeof value) {
    case 'string':
      writer.text += quote(value, writer.room)
      return
    case 'number':
      writer.text += Object.is(value, -0) ? '-0' : String(value)
      return
    case 'bigint':
      writer.text += printBigInt(value)
      return
    case 'symbol':
      writer.text += cut(oneLine(String(value)), writer.room + 1)
      return
    case 'function':
      writer.text += '[Function]'
      return
    case 'object':
      if (value === null) writer.text += 'null'
      else writeObject(writer, value)
      return
    default:
      writer.text += String(value) // booleans, undefined
  }
}

/** Writing takes more than the square of the digits. */
function printBigInt(value: bigint): string {
  const isLong = value > LONG || value < -LONG
  return isLong ? '[a BigInt too long to write]' : `${value}n`
}

function writeObject(writer: Writer, value: object): void {
  if (writer.ancestors.includes(value)) {
    writer.text += '[Circular]'
    return
  }
  if (writer.ancestors.length >= DEEPEST) {
    writer.text += ELLIPSIS
    return
  }
  writer.ancestors.push(value)
  try {
    const shape = shapeOf(value)
    if (shape === 'date') writer.text += printDate(dateMs(value))
    else if (Array.isArray(value) && shape === 'array') writeArray(writer, value)
    else if (shape === 'plain') writeMembers(writer, value)
    else writer.text += printForeign(value, writer.room)
  } catch {
    writer.text += '[unreadable]'
  }
  writer.ancestors.pop()
}

function writeArray(writer: Writer, array: readonly unknown[]): void {
  writer.text += '['
  for (let index = 0; index < array.length && !isFull(writer); index++) {
    if (index > 0) writer.text += ', '
    write(writer, array[index])
  }
  writer.text += ']'
}

function writeMembers(writer: Writer, object: object): void {
  writer.text += '{'
  let isFirst = true
  for (const name of Object.keys(object)) {
    if (isFull(writer)) break
    if (!isFirst) writer.text += ', '
    isFirst = false
    writer.text += `${printName(name, writer.room)}: `
    writeMember(writer, object, name)
  }
  writer.text += '}'
}

/** A getter that throws spoils its own member only. */
function writeMember(writer: Writer, object: object, name: string): void {
  let member: unknown
  try {
    member = (object as Record<string, unknown>)[name] // a cast: the name is its own
  } catch {
    writer.text += '[unreadable]'
    return
  }
  write(writer, member)
}

function printName(name: string, room: number): string {
  return /^[A-Za-z_$][\w$]{0,60}$/.test(name) ? name : quote(name, room)
}

function printDate(ms: number): string {
  return `Date(${Number.isNaN(ms) ? 'invalid' : new Date(ms).toISOString()})`
}

function printForeign(value: object, room: number): string {
  const name = className(value) ?? 'Object'
  const message: unknown = /Error$/.test(name) ? (value as { message?: unknown }).message : undefined // a cast: only read
  return typeof message === 'string' ? `[${name}: ${oneLine(message.slice(0, room))}]` : `[${name}]`
}

function quote(text: string, room: number): string {
  return oneLine(JSON.stringify(text.slice(0, room + 1)))
}

/** Escapes what would break a line or hide in it: controls, line separators, direction marks. */
function oneLine(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
