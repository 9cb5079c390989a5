/** What a line is split at. */
export type Separator =
  | { readonly kind: 'literal'; readonly text: string }
  /** One character of a class, or, with `runs`, as many as follow each other. */
  | { readonly kind: 'class'; readonly ranges: readonly CharRange[]; readonly runs: boolean }

/** First and last UTF-16 unit. */
export type CharRange = readonly [number, number]

const LAST = 0xffff

/** Source: ECMAScript's WhiteSpace and LineTerminator */
const SPACES: readonly CharRange[] = [
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
]

const WORDS: readonly CharRange[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
]

const CLASSES: Readonly<Record<string, readonly CharRange[]>> = {
  s: SPACES,
  S: others(SPACES),
  w: WORDS,
  W: others(WORDS),
  d: [[48, 57]],
  D: others([[48, 57]]),
}

/** A pattern without flags that is one character or one class of them, perhaps with a + behind it; other patterns are undefined. */
export function classOf(pattern: string): Extract<Separator, { kind: 'class' }> | undefined {
  const parts =
    /^(\\[sSwWdDt.|/*+?()^$]|\[\^?(?:\\[sSwWdDt.|/*+?()^$-]|[^\\\]\n])+\]|[^\\[\](){}.*+?|^$\n])(\+?)$/.exec(pattern)
  // A range that begins or ends with something escaped is not worth reading.
  if (parts === null || /^\[.*(\\.-|-\\)/.test(pattern)) return undefined
  const [, text = '', plus] = parts
  return { kind: 'class', ranges: rangesOf(text), runs: plus === '+' }
}

function rangesOf(text: string): readonly CharRange[] {
  if (!text.startsWith('[')) return partRanges(text)
  const isNot = text.charAt(1) === '^'
  const parts = text.slice(isNot ? 2 : 1, -1).matchAll(/\\.|[^\\]-[^\\]|[^\\]/g)
  const ranges = Array.from(parts, ([part]) => partRanges(part)).flat()
  return isNot ? others(ranges) : ranges
}

function partRanges(part: string): readonly CharRange[] {
  const name = part.charAt(1)
  const unit = part.charCodeAt(0)
  if (!part.startsWith('\\')) return [[unit, part.length === 3 ? part.charCodeAt(2) : unit]]
  return CLASSES[name] ?? (name === 't' ? [[9, 9]] : [[name.charCodeAt(0), name.charCodeAt(0)]])
}

/** All units that are in none of these. */
function others(ranges: readonly CharRange[]): readonly CharRange[] {
  const rest: CharRange[] = []
  let next = 0
  for (const [first, last] of [...ranges].sort(([a], [b]) => a - b)) {
    if (first > next) rest.push([next, first - 1])
    next = Math.max(next, last + 1)
  }
  if (next <= LAST) rest.push([next, LAST])
  return rest
}

/** Whether lower-casing an ASCII text moves a place at which it is split. */
export function knowsCase(separator: Separator): boolean {
  if (separator.kind === 'literal') return /[a-z]/i.test(separator.text)
  const holds = (unit: number): boolean => separator.ranges.some(([first, last]) => first <= unit && unit <= last)
  for (let unit = 65; unit <= 90; unit++) if (holds(unit) !== holds(unit + 32)) return true
  return false
}
