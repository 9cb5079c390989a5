// How the parse trees of functions are taken apart.

import type { AnyNode, Pattern } from 'acorn'
import { full } from 'acorn-walk'
import { classOf, type Separator } from './separator.ts'
import type { Arithmetic, Constant, Pieces, Reading, Test, Text } from './terms.ts'

/** Comparisons. Both sides are of one type, so that == is ===. */
export const OPERATORS: Readonly<Record<string, Extract<Test, { kind: 'compare' }>['operator']>> = {
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
  '===': '===',
  '==': '===',
  '!==': '!==',
  '!=': '!==',
}

export const ARITHMETIC: readonly Arithmetic[] = ['+', '-', '*', '/', '%']

/** Fields beyond are not looked for. */
const MAX_FIELD = 200

export function isField(index: number): boolean {
  return Number.isInteger(index) && index >= 0 && index <= MAX_FIELD
}

/** How a call of this built-in reads a number. */
export function readingOf(name: string, args: readonly AnyNode[]): Reading | undefined {
  const [, radix] = args
  if (args.length === 1) return (['Number', 'parseFloat', 'parseInt'] as const).find((each) => each === name)
  const isTen = args.length === 2 && radix?.type === 'Literal' && radix.value === 10
  return isTen && name === 'parseInt' ? 'parseInt10' : undefined
}

export function isConstant(node: AnyNode): node is AnyNode & { readonly value: Constant } {
  if (node.type !== 'Literal') return false
  return ['string', 'number', 'boolean'].includes(typeof node.value) || node.raw === 'null'
}

export function trimmed(text: Text): Text {
  return text.region.kind === 'trimmed' ? text : { ...text, region: { kind: 'trimmed', of: text.region } }
}

/** Whether these are all pieces of the line, as they are. */
export function isWhole({ piece, tests }: Pieces): boolean {
  return tests.length === 0 && piece.kind === 'text' && piece.region.kind === 'word'
}

export function separatorOf(node: AnyNode): Separator | undefined {
  if (node.type !== 'Literal') return undefined
  if (typeof node.value === 'string')
    return node.value === '' || node.value.includes('\n') ? undefined : { kind: 'literal', text: node.value }
  return 'regex' in node && node.regex?.flags === '' ? classOf(node.regex.pattern) : undefined
}

export function propertyOf(node: Extract<AnyNode, { type: 'MemberExpression' }>): string | number | undefined {
  if (!node.computed) return nameOf(node.property)
  const { property } = node
  if (property.type !== 'Literal') return undefined
  return typeof property.value === 'string' || typeof property.value === 'number' ? property.value : undefined
}

export function nameOf(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}

/** All names that are declared somewhere in it. */
export function declaredIn(tree: AnyNode): readonly string[] {
  const names: string[] = []
  full(tree, (given) => {
    const node = given as AnyNode // acorn's own union; its walker promises only Node
    if (node.type === 'VariableDeclarator') names.push(...boundNames(node.id))
    if (node.type !== 'ArrowFunctionExpression' && node.type !== 'FunctionExpression') return
    names.push(...node.params.flatMap(boundNames))
    if (node.id != null) names.push(node.id.name)
  })
  return names
}

/** Of the patterns that can be read. */
export function boundNames(pattern: Pattern): readonly string[] {
  if (pattern.type === 'Identifier') return [pattern.name]
  if (pattern.type === 'ArrayPattern')
    return pattern.elements.flatMap((each) => (each === null ? [] : boundNames(each)))
  if (pattern.type === 'ObjectPattern')
    return pattern.properties.flatMap((each) => (each.type === 'Property' ? boundNames(each.value) : []))
  return []
}

/** The expression inside its parentheses. */
export function bare(node: AnyNode): AnyNode {
  return node.type === 'ParenthesizedExpression' ? bare(node.expression) : node
}
