import type { CharRange, Separator } from './separator.ts'

const LINE_END = 10

/** Moves p from where a piece begins to where it ends; c is what stands there. */
export function printScan(separator: Separator, isWide: boolean): string {
  if (separator.kind === 'class')
    return `while ((c = src[p]) !== 10 && !(${printWithin(separator.ranges, isWide)})) p++;`
  const [first] = unitsOf(separator.text)
  const step = `while ((c = src[p]) !== ${first} && c !== 10) p++;`
  if (separator.text.length === 1) return step
  return `for (;;) { ${step} if (${printEnd(separator, isWide)}) break; p++; }`
}

/** Whether a piece ends at p, where c stands. */
function printEnd(separator: Separator, isWide: boolean): string {
  if (separator.kind === 'class') return `c === 10 || ${printWithin(separator.ranges, isWide)}`
  const [first, ...others] = unitsOf(separator.text)
  const rest = others.map((unit, index) => ` && src[p + ${index + 1}] === ${unit}`)
  return `c === 10 || (c === ${first}${rest.join('')})`
}

/** As printScan, in ASCII, and takes the bytes of the piece with it, if these are fewer than twelve: then they are in k0, k1, k2, and `tag` is
 *  their number + 1; else it is 0. Four bytes are looked at at once, and no jump depends on how many they are: no processor foresees where words end.
 *  undefined: it is to look for too much. */
export function printKeyScan(separator: Separator): string | undefined {
  const marks = marksOf(separator)
  if (marks === undefined) return undefined
  const mark = (word: string): string => `(${marks.map((each) => each(word)).join(' | ')}) & 0x80808080`
  return [
    'k0 = view.getInt32(p, true); k1 = view.getInt32(p + 4, true); k2 = view.getInt32(p + 8, true); tag = 0;',
    // Of the bits that stand for ends, the first.
    ...[0, 1, 2].map((part) => `let e${part} = ${mark(`k${part}`)}; e${part} &= -e${part};`),
    'if ((e0 | e1 | e2) !== 0) {',
    // All bits before it: of the words before all, of those behind none.
    'const g0 = (e0 >>> 7) - 1, b0 = (e0 | -e0) >> 31;',
    'const g1 = ((e1 >>> 7) - 1) & ~b0, b1 = b0 | ((e1 | -e1) >> 31);',
    'const g2 = ((e2 >>> 7) - 1) & ~b1;',
    'k0 &= g0; k1 &= g1; k2 &= g2;',
    'const size = (96 - Math.clz32(g0) - Math.clz32(g1) - Math.clz32(g2)) >> 3;',
    'p += size;',
    'c = src[p];',
    `if (${printEnd(separator, false)}) tag = size + 1;`,
    '} else p += 12;',
    `if (tag === 0) { ${printScan(separator, false)} }`,
  ].join('\n')
}

/** Prints where in a word of four bytes below 128 the separator may begin, or the line end: the highest bit of the first such byte is set, and of
 *  none before it. */
type Mark = (word: string) => string

/** To look at bytes one by one is as fast as looking for more. */
const MOST_MARKS = 4

const BLANK = 32
const upToBlank: Mark = (word) => `(${word} - 0x21212121)`

function marksOf(separator: Separator): readonly Mark[] | undefined {
  const ranges: readonly CharRange[] =
    separator.kind === 'class' ? separator.ranges : unitsOf(separator.text.charAt(0)).map((unit) => [unit, unit])
  const units = Array.from({ length: 128 }, (_, unit) => unit).filter(
    (unit) => unit === LINE_END || ranges.some(([first, last]) => first <= unit && unit <= last),
  )
  const isBlank = units.includes(BLANK)
  const others = isBlank ? units.filter((unit) => unit > BLANK) : units
  if (others.length > MOST_MARKS) return undefined
  return [...(isBlank ? [upToBlank] : []), ...others.map(markOf)]
}

function markOf(unit: number): Mark {
  const four = unit * 0x01010101
  return (word) => `((${word} ^ ${four}) - 0x01010101)`
}

/** Moves p behind the separator. */
export function printSkip(separator: Separator, isWide: boolean): string {
  if (separator.kind === 'literal') return `p += ${separator.text.length};`
  if (!separator.runs) return 'p++;'
  return `do c = src[++p]; while (c !== 10 && (${printWithin(separator.ranges, isWide)}));`
}

function printWithin(ranges: readonly CharRange[], isWide: boolean): string {
  const known = ranges.filter(([first]) => isWide || first < 128)
  const parts = known.map(([first, last]) => (first === last ? `c === ${first}` : `(c >= ${first} && c <= ${last})`))
  return parts.length === 0 ? 'false' : parts.join(' || ')
}

function unitsOf(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
}
