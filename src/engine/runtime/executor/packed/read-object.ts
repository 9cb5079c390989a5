/** Characters as numbers: bytes of ASCII, or UTF-16 units. */
export type Units = Uint8Array | Uint16Array

/** Deeper objects are left to JSON.parse. */
const MAX_DEPTH = 50

const PLAIN_STRING = 1
const NUMBER = 2
const TRUE = 3
const FALSE = 4
const NULL = 5
/** A string with escapes, an object, an array. */
const OTHER = 6

/** Kind of the value that was read last. */
let kind = 0

/** Reads a line that is the JSON text of one object, as strictly as JSON.parse.
 *  Shape: `found` gets kind, start and end of each named member, three integers a name: of strings without their quotes; kind 0 where there is none
 *  Fails: -1 for a line that is none, and for one whose member names hold escapes; else where the line ends */
export function readObject(
  src: Units,
  from: number,
  names: readonly (readonly number[])[],
  found: Int32Array | undefined,
): number {
  found?.fill(0)
  let p = skipBlanks(src, from)
  if (src[p] !== 123) return -1
  p = readMembers(src, p + 1, names, found, 0)
  if (p < 0) return -1
  p = skipBlanks(src, p)
  return src[p] === 10 ? p : -1
}

function readMembers(
  src: Units,
  from: number,
  names: readonly (readonly number[])[],
  found: Int32Array | undefined,
  depth: number,
): number {
  let p = skipBlanks(src, from)
  if (src[p] === 125) return p + 1
  for (;;) {
    if (src[p] !== 34) return -1
    const start = p + 1
    p = readString(src, start)
    if (p < 0 || kind !== PLAIN_STRING) return -1
    const end = p - 1
    p = skipBlanks(src, p)
    if (src[p] !== 58) return -1
    const value = skipBlanks(src, p + 1)
    p = readValue(src, value, depth)
    if (p < 0) return -1
    if (found !== undefined) note(src, start, end, names, found, value, p)
    p = skipBlanks(src, p)
    if (src[p] === 125) return p + 1
    if (src[p] !== 44) return -1
    p = skipBlanks(src, p + 1)
  }
}

/** Of several members of one name the last counts. */
function note(
  src: Units,
  start: number,
  end: number,
  names: readonly (readonly number[])[],
  found: Int32Array,
  value: number,
  valueEnd: number,
): void {
  for (let index = 0; index < names.length; index++) {
    const name = names[index]
    if (name === undefined || name.length !== end - start) continue
    let at = 0
    while (at < name.length && src[start + at] === name[at]) at++
    if (at < name.length) continue
    const quote = kind === PLAIN_STRING ? 1 : 0
    found[index * 3] = kind
    found[index * 3 + 1] = value + quote
    found[index * 3 + 2] = valueEnd - quote
  }
}

function readValue(src: Units, from: number, depth: number): number {
  switch (src[from]) {
    case 34:
      return readString(src, from + 1)
    case 123:
    case 91: {
      if (depth >= MAX_DEPTH) return -1
      const isObject = src[from] === 123
      const end = isObject ? readMembers(src, from + 1, [], undefined, depth + 1) : readItems(src, from + 1, depth + 1)
      kind = OTHER
      return end
    }
    case 116:
      return readWord(src, from, [116, 114, 117, 101], TRUE)
    case 102:
      return readWord(src, from, [102, 97, 108, 115, 101], FALSE)
    case 110:
      return readWord(src, from, [110, 117, 108, 108], NULL)
    default:
      return readJsonNumber(src, from)
  }
}

function readItems(src: Units, from: number, depth: number): number {
  let p = skipBlanks(src, from)
  if (src[p] === 93) return p + 1
  for (;;) {
    p = readValue(src, p, depth)
    if (p < 0) return -1
    p = skipBlanks(src, p)
    if (src[p] === 93) return p + 1
    if (src[p] !== 44) return -1
    p = skipBlanks(src, p + 1)
  }
}

/** Behind the closing quote. */
function readString(src: Units, from: number): number {
  kind = PLAIN_STRING
  for (let p = from; ; p++) {
    const c = src[p] ?? 0
    if (c === 34) return p + 1
    if (c < 32) return -1
    if (c !== 92) continue
    kind = OTHER
    p += 1
    const escaped = src[p] ?? 0
    if (escaped === 117) {
      for (let digit = 0; digit < 4; digit++) if (!isHex(src[++p] ?? 0)) return -1
    } else if (!ESCAPES.includes(escaped)) return -1
  }
}

/** " \ / b f n r t */
const ESCAPES: readonly number[] = [34, 92, 47, 98, 102, 110, 114, 116]

function isHex(c: number): boolean {
  return isDigit(c) || ((c | 32) >= 97 && (c | 32) <= 102)
}

function isDigit(c: number | undefined): boolean {
  return c !== undefined && c >= 48 && c <= 57
}

function readWord(src: Units, from: number, word: readonly number[], of: number): number {
  for (let at = 0; at < word.length; at++) if (src[from + at] !== word[at]) return -1
  kind = of
  return from + word.length
}

function readJsonNumber(src: Units, from: number): number {
  let p = src[from] === 45 ? from + 1 : from
  if (!isDigit(src[p])) return -1
  if (src[p] === 48) p += 1
  else p = skipDigits(src, p)
  if (src[p] === 46) {
    if (!isDigit(src[p + 1])) return -1
    p = skipDigits(src, p + 1)
  }
  if (src[p] === 101 || src[p] === 69) {
    p += src[p + 1] === 43 || src[p + 1] === 45 ? 2 : 1
    if (!isDigit(src[p])) return -1
    p = skipDigits(src, p)
  }
  kind = NUMBER
  return p
}

function skipDigits(src: Units, from: number): number {
  let p = from
  while (isDigit(src[p])) p += 1
  return p
}

/** JSON's blanks; the line's end is none. */
function skipBlanks(src: Units, from: number): number {
  let p = from
  while (src[p] === 32 || src[p] === 9 || src[p] === 13) p += 1
  return p
}
