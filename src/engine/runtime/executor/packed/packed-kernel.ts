import { readObject, type Units } from './read-object.ts'

/** What the packed loops call of the engine; see compile/packed/print-packed.ts. */
export const packedKernel = {
  seek,
  readNumber,
  readWhole,
  parseTen: (text: string): number => Number.parseInt(text, 10),
  isWhole,
  trimStart,
  trimEnd,
  readObject,
  unitsOf: (text: string): readonly number[] =>
    Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)),
}

/** Where a text begins that String.trim leaves of a piece, and where it ends; nothing is left where the piece begins. */
function trimStart(src: Units, from: number, to: number): number {
  let p = from
  while (p < to && isBlank(src[p] ?? 0)) p++
  return p === to ? from : p
}

function trimEnd(src: Units, from: number, to: number): number {
  let p = to
  while (p > from && isBlank(src[p - 1] ?? 0)) p--
  return p
}

/** Source: ECMAScript's WhiteSpace and LineTerminator */
function isBlank(unit: number): boolean {
  if (unit <= 32) return unit === 32 || (unit >= 9 && unit <= 13)
  return unit >= 0xa0 && BLANKS.includes(String.fromCharCode(unit))
}

const BLANKS =
  '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'

/** Longer than any text. */
const NOWHERE = 2 ** 30

/** Where the needle is found next. */
function seek(text: string, needle: string, from: number): number {
  const at = text.indexOf(needle, from)
  return at < 0 ? NOWHERE : at
}

/** All such integers are numbers of their own. */
const MOST_DIGITS = 15

/** What `read` makes of a piece of text that it would read as Number does, where that is a plain decimal: digits over a power of ten, both without
 *  loss, give the nearest number. */
function readNumber(src: Units, text: string, from: number, to: number, read: (text: string) => number): number {
  let digits = 0
  let scale = 1
  let p = from
  for (; p < to; p++) {
    const digit = (src[p] ?? 0) - 48
    if (digit < 0 || digit > 9) break
    digits = digits * 10 + digit
  }
  if (p === from || to - from > MOST_DIGITS) return read(text.slice(from, to))
  if (p === to) return digits
  if (src[p] !== 46 || p + 1 === to) return read(text.slice(from, to))
  for (p++; p < to; p++) {
    const digit = (src[p] ?? 0) - 48
    if (digit < 0 || digit > 9) return read(text.slice(from, to))
    digits = digits * 10 + digit
    scale *= 10
  }
  return digits / scale
}

/** The same for what reads whole numbers only. */
function readWhole(src: Units, text: string, from: number, to: number, read: (text: string) => number): number {
  let digits = 0
  for (let p = from; p < to; p++) {
    const digit = (src[p] ?? 0) - 48
    if (digit < 0 || digit > 9) return read(text.slice(from, to))
    digits = digits * 10 + digit
  }
  return from === to || to - from > MOST_DIGITS ? read(text.slice(from, to)) : digits
}

/** Whether a text is how JavaScript writes a whole number, so that different texts are different numbers. */
function isWhole(src: Units, from: number, to: number): boolean {
  const first = src[from] === 45 ? from + 1 : from
  if (first === to || to - first > MOST_DIGITS) return false
  if (src[first] === 48) return to === from + 1
  for (let p = first; p < to; p++) {
    const c = src[p] ?? 0
    if (c < 48 || c > 57) return false
  }
  return true
}
