import type { CharRange, Separator } from './separator.ts'

/** Moves p from where a piece begins to where it ends; c is what stands there. */
export function printScan(separator: Separator, isWide: boolean): string {
  if (separator.kind === 'class')
    return `while ((c = src[p]) !== 10 && !(${printWithin(separator.ranges, isWide)})) p++;`
  const [first, ...others] = unitsOf(separator.text)
  const step = `while ((c = src[p]) !== ${first} && c !== 10) p++;`
  if (others.length === 0) return step
  const rest = others.map((unit, index) => `src[p + ${index + 1}] === ${unit}`).join(' && ')
  return `for (;;) { ${step} if (c === 10 || (${rest})) break; p++; }`
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
