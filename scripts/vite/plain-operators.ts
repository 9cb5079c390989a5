// Vite plugin: in the driver's build operators come without what only a person reads.
import { fileURLToPath } from 'node:url'
import type { Node } from 'acorn'
import { simple } from 'acorn-walk'
import { normalizePath, type Plugin, parseAst } from 'vite'

const ENGINE = normalizePath(fileURLToPath(new URL('../../src/engine/', import.meta.url)))
const OPERATORS = [`${ENGINE}operators/`, `${ENGINE}operator/`]
const CONF = `${ENGINE}compile/supported-conf.ts`

/** Keys of Definition that no check, no plan and no message uses, and what stands in. */
const DEFINITION: Texts = { help: "''", summary: "''", examples: '[]', snippets: '[]' }
/** The same of ConfEntry. Not of a parameter: its help is the hint when it is missing. */
const ENTRY: Texts = { help: "''" }
type Texts = Readonly<Record<string, string>>

export function plainOperators(): Plugin {
  return {
    name: 'sluice:plain-operators',
    apply: 'build',
    // After TypeScript is gone.
    enforce: 'post',
    transform(code, id) {
      if (id === CONF) return { code: leaveTextsOut(code, 'key', ENTRY), map: null }
      if (!OPERATORS.some((part) => id.startsWith(part))) return undefined
      return { code: leaveTextsOut(code, 'category', DEFINITION), map: null }
    },
  }
}

/** A module with stand-ins for what only a person reads, in the objects that have a property `mark`. */
export function leaveTextsOut(code: string, mark = 'category', texts = DEFINITION): string {
  const cuts: { readonly start: number; readonly end: number; readonly text: string }[] = []
  // The tree of Vite's parser is ESTree with offsets, as acorn's, whose walker asks for acorn's own type.
  simple(parseAst(code) as never, {
    ObjectExpression({ properties }) {
      const named = new Map<string, Node>()
      for (const each of properties)
        if (each.type === 'Property' && each.key.type === 'Identifier' && !each.shorthand)
          named.set(each.key.name, each.value)
      if (!named.has(mark)) return
      for (const [name, text] of Object.entries(texts)) {
        const value = named.get(name)
        if (value !== undefined) cuts.push({ start: value.start, end: value.end, text })
      }
    },
  })
  return cuts
    .sort((a, b) => b.start - a.start)
    .reduce((text, cut) => text.slice(0, cut.start) + cut.text + text.slice(cut.end), code)
}
