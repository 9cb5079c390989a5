import { type Node, parse } from 'acorn'
import { simple } from 'acorn-walk'

/** String methods that make a regular expression of their argument. */
const MAKERS = new Set(['match', 'matchAll', 'search'])

/** Excerpts around every use of a regular expression in a classic script: literals, `RegExp(…)`, `new RegExp(…)`, and methods that make one.
 *  Not found: expressions that come in as data, and constructors under another name. */
export function findRegularExpressions(script: string): string[] {
  const found: string[] = []
  const report = ({ start, end }: Node) => found.push(script.slice(Math.max(0, start - 40), Math.min(end, start + 60)))
  simple(parse(script, { ecmaVersion: 'latest', sourceType: 'script' }), {
    Literal(node) {
      if (node.regex) report(node)
    },
    NewExpression(node) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'RegExp') report(node)
    },
    CallExpression(node) {
      const { callee } = node
      if (callee.type === 'Identifier' && callee.name === 'RegExp') report(node)
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
      if (!callee.computed && MAKERS.has(callee.property.name)) report(node)
    },
  })
  return found
}
