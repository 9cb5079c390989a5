import { FORBIDDEN_KEYS } from './json.ts'
import { MAX_IDENTIFIER_LENGTH } from './limits.ts'
import type { Pipeline } from './pipeline.ts'

/** A letter or `_`, then letters, digits and `_`. */
export const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/

/** Whether `text` may name a node: a letter or `_`, then letters, digits and `_`, within the limit of length.
 *  The keys that JSON documents may not have are not names either: `--input` and others have names as keys. */
export function isIdentifier(text: string): boolean {
  return text.length <= MAX_IDENTIFIER_LENGTH && IDENTIFIER.test(text) && !FORBIDDEN_KEYS.has(text)
}

/** The identifier nearest to what was typed: `word counts` becomes `wordCounts`, `2nd` becomes `_2nd`. */
export function nearestIdentifier(text: string): string {
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '')
  const joined = plain
    // The letter after a gap is raised, so that the words stay readable.
    .replace(/[^A-Za-z0-9_]+([A-Za-z0-9_]?)/g, (_gap, next: string, at: number) =>
      at === 0 ? next : next.toUpperCase(),
    )
  const started = /^[0-9]/.test(joined) ? `_${joined}` : joined
  const name = started === '' ? 'node' : started.slice(0, MAX_IDENTIFIER_LENGTH)
  return FORBIDDEN_KEYS.has(name) ? `${name}_` : name
}

/** An identifier near `base` that nothing in the document has yet: `map`, then `map2`, `map3`, … */
export function freshId(pipeline: Pipeline, base: string): string {
  const taken = new Set<string>()
  for (const { id } of [...pipeline.nodes, ...pipeline.notes, ...pipeline.groups]) taken.add(id)
  return freshName(taken, base)
}

/** An identifier near `base` that is not among `taken`. */
export function freshName(taken: ReadonlySet<string>, base: string): string {
  const name = nearestIdentifier(base)
  if (!taken.has(name)) return name
  const stem = name.replace(/[0-9]+$/, '') || '_'
  for (let n = 2; ; n++) {
    const suffix = String(n)
    const candidate = stem.slice(0, MAX_IDENTIFIER_LENGTH - suffix.length) + suffix
    if (!taken.has(candidate)) return candidate
  }
}
