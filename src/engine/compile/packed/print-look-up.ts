import type { TermPrinter } from './term-printer.ts'
import type { Region, Term } from './terms.ts'

/** Finds the key's `id` in the table, or puts it there; see executor/packed/key-table.ts.
 *  `isScanned`: where `tag` is not 0, k0, k1 and k2 hold the bytes of the key already: see printKeyScan. */
export function printLookUp(key: Term, terms: TermPrinter, isWide: boolean, isScanned: boolean): readonly string[] {
  const isMember = key.kind === 'member'
  const region: Region = isMember
    ? key
    : key.kind === 'text'
      ? key.region
      : key.kind === 'number'
        ? key.of.region
        : { kind: 'line' }
  const [start, end] = terms.boundsOf(region)
  const kind = isMember ? `${terms.member(key.name)}k` : key.kind === 'number' ? '2' : '1'
  const where = key.kind === 'text' && key.lowered ? 'low' : 'text'
  const shift = isWide ? ' << 1' : ''
  const whole = `isWhole(src, ${start}, ${end})`
  const mayBeNumber = kind !== '1'
  return [
    ...(mayBeNumber ? [`if (${kind} !== 1 && !(${kind} === 2 && ${whole})) return undefined;`] : []),
    `const from = ${start}${shift}, to = ${end}${shift};`,
    isScanned ? 'if (tag === 0) {' : '{',
    'const size = to - from;',
    'tag = size > 12 ? 14 : size + 1;',
    'k0 = k1 = k2 = 0;',
    'if (size > 12);',
    'else if (size < 4) k0 = view.getInt32(from, true) & ((1 << (size << 3)) - 1);',
    'else {',
    'k0 = view.getInt32(from, true);',
    'if (size < 8) k1 = view.getInt32(from + 4, true) & ((1 << (size << 3)) - 1);',
    'else {',
    'k1 = view.getInt32(from + 4, true);',
    'k2 = view.getInt32(from + 8, true);',
    'if (size < 12) k2 &= (1 << (size << 3)) - 1;',
    '}',
    '}',
    '}',
    ...(mayBeNumber ? [`if (${kind} === 2) tag |= 16;`] : []),
    'let s = 0, entry = 0;',
    `if (${mayBeNumber ? '(tag & 15)' : 'tag'} === 14) entry = slots[(s = table.findLong(tag, view, from, to)) + 3];`,
    'else {',
    'let h = Math.imul(k0, 0x9e3779b1) ^ Math.imul(k1, 0x85ebca6b) ^ Math.imul(k2 ^ tag, 0xc2b2ae35);',
    'h ^= h >>> 15;',
    's = ((h ^ (h >>> 7)) << 2) & mask;',
    'while ((entry = slots[s + 3]) !== 0) {',
    'if (slots[s] === k0 && slots[s + 1] === k1 && slots[s + 2] === k2 && (entry & 31) === tag) break;',
    's = (s + 4) & mask;',
    '}',
    '}',
    'let id = (entry >>> 5) - 1;',
    `if (id < 0 && (id = table.add(s, tag, view, from, to, ${where}.slice(${start}, ${end}))) < 0) return undefined;`,
  ]
}
