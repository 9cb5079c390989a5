import type { AnyNode, ArrowFunctionExpression, Pattern } from 'acorn'
import type { KnownFunction } from './function-ref.ts'
import { parseExpression } from './javascript.ts'

/** What a function does to numbers, where its text is one of the few ways to say it; the engine may then do the same without calling it.
 *  Shape: `source` has passed parseFunction; `names` are those that the shared code declares */
export function findKnownFunction(source: string, names: readonly string[]): KnownFunction | undefined {
  const tree = bare(parseExpression(source) as AnyNode) // acorn's own union; its parser promises only Node
  if (tree.type !== 'ArrowFunctionExpression' || tree.async) return undefined
  const body = resultOf(tree)
  if (body === undefined) return undefined
  const [first, second] = tree.params
  if (tree.params.length === 1 && first?.type === 'ArrayPattern') return testOf(first.elements, body)
  if (tree.params.length !== 2 || first?.type !== 'Identifier' || second?.type !== 'Identifier') return undefined
  return combinationOf(body, [first.name, second.name], names)
}

function combinationOf(
  body: AnyNode,
  [a, b]: readonly [string, string],
  names: readonly string[],
): KnownFunction | undefined {
  const isBoth = (one: AnyNode, other: AnyNode): boolean =>
    (isName(one, a) && isName(other, b)) || (isName(one, b) && isName(other, a))
  switch (body.type) {
    case 'BinaryExpression': {
      const [left, right] = [bare(body.left), bare(body.right)]
      if (body.operator === '+') return isBoth(left, right) ? 'sum' : undefined
      return body.operator === '-' && isName(left, a) && isName(right, b) ? 'difference' : undefined
    }
    case 'CallExpression': {
      const { callee, optional } = body
      const [one, other] = body.arguments
      if (optional || callee.type !== 'MemberExpression' || callee.computed || callee.optional) return undefined
      if (!isName(callee.object, 'Math') || [a, b, ...names].includes('Math')) return undefined
      if (body.arguments.length !== 2 || one === undefined || other === undefined || !isBoth(bare(one), bare(other)))
        return undefined
      if (callee.property.type !== 'Identifier') return undefined
      const { name } = callee.property
      return name === 'max' || name === 'min' ? name : undefined
    }
    case 'ConditionalExpression': {
      const test = bare(body.test)
      if (test.type !== 'BinaryExpression' || !/^[<>]=?$/.test(test.operator)) return undefined
      const [left, right, then, otherwise] = [test.left, test.right, body.consequent, body.alternate].map(bare)
      if (left === undefined || right === undefined || then === undefined || otherwise === undefined) return undefined
      if (!isBoth(left, right) || !isBoth(then, otherwise)) return undefined
      const takesLeft = left.type === 'Identifier' && isName(then, left.name)
      return takesLeft === test.operator.startsWith('>') ? 'max' : 'min'
    }
    default:
      return undefined
  }
}

/** `([, value]) => value !== 0`, with any names. */
function testOf(elements: readonly (Pattern | null)[], body: AnyNode): KnownFunction | undefined {
  const [first, value] = elements
  if (elements.length !== 2 || value?.type !== 'Identifier' || (first && first.type !== 'Identifier')) return undefined
  if (body.type !== 'BinaryExpression' || !isName(bare(body.left), value.name)) return undefined
  const right = bare(body.right)
  if (right.type !== 'Literal' || right.value !== 0) return undefined
  if (body.operator === '>') return 'positive'
  return body.operator === '!==' || body.operator === '!=' ? 'nonzero' : undefined
}

/** What an arrow function gives, where that is all it does. */
function resultOf({ body }: ArrowFunctionExpression): AnyNode | undefined {
  if (body.type !== 'BlockStatement') return bare(body)
  const [only] = body.body
  if (body.body.length !== 1 || only?.type !== 'ReturnStatement' || !only.argument) return undefined
  return bare(only.argument)
}

function bare(node: AnyNode): AnyNode {
  return node.type === 'ParenthesizedExpression' ? bare(node.expression) : node
}

function isName(node: AnyNode, name: string): boolean {
  return node.type === 'Identifier' && node.name === name
}
