import type { TermPrinter } from './term-printer.ts'
import type { Region, Term } from './terms.ts'

/** Finds the key's `id` in the table, or puts it there; see executor/packed/key-table.ts. */
export function printLookUp(key: Term, terms: TermPrinter, isWide: boolean): readonly string[] {
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
  return [
    ...(kind === '1' ? [] : [`if (${kind} !== 1 && !(${kind} === 2 && ${whole})) return undefined;`]),
    `const from = ${start}${shift}, to = ${end}${shift};`,
    `const size = ${kind === '1' ? 'to - from' : `(to - from) | (${kind} === 1 ? 0 : 0x40000000)`};`,
    'let h = size, at = from, rest = 0, id = -1;',
    'for (; at + 4 <= to; at += 4) h = Math.imul(h ^ view.getInt32(at, true), 0x9e3779b1) ^ (h >>> 13);',
    'if (at < to) {',
    'rest = view.getInt32(at, true) & ((1 << ((to - at) << 3)) - 1);',
    'h = Math.imul(h ^ rest, 0x9e3779b1) ^ (h >>> 13);',
    '}',
    'h ^= h >>> 15;',
    'for (let s = (h << 2) & mask; ; s = (s + 4) & mask) {',
    'const entry = slots[s + 3];',
    'if (entry === 0) {',
    `id = table.add(s, h, size, view, from, to, ${where}.slice(${start}, ${end}));`,
    'if (id < 0) return undefined;',
    'break;',
    '}',
    'if (slots[s] !== h || slots[s + 2] !== size) continue;',
    'let a = slots[s + 1];',
    'at = from;',
    'while (at + 4 <= to && pool.getInt32(a, true) === view.getInt32(at, true)) { a += 4; at += 4; }',
    'if (at < to && (to - at >= 4 || pool.getInt32(a, true) !== rest)) continue;',
    'id = entry - 1;',
    'break;',
    '}',
  ]
}
