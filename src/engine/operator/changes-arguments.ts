import type { AnyNode, Node } from 'acorn'
import { full } from 'acorn-walk'
import { parseExpression, parseProgram } from './javascript.ts'

/** Whether a function may change what it is given, as far as its text tells: it assigns to a part of something, or calls a method that
 *  changes its object. It errs on the side of yes, but for what nobody can see, such as a method called by another name.
 *  Shape: `source` has passed parseFunction, `shared` is what sharedChanges says of the shared code */
export function changesArguments(source: string, shared: SharedChanges): boolean {
  const tree = parseExpression(source)
  return hasChanges(tree) || mentions(tree, shared.names)
}

/** Names that a function may reach changes through. */
export interface SharedChanges {
  readonly names: ReadonlySet<string>
}

/** What shared code declares, when anything in it may change what it is given.
 *  Shape: `source` and `names` as parsePrelude gives them */
export function sharedChanges(prelude: { readonly source: string; readonly names: readonly string[] }): SharedChanges {
  return { names: new Set(hasChanges(parseProgram(prelude.source)) ? prelude.names : []) }
}

/** Methods of arrays and dates that change their object; of Object and Reflect those that change an argument. */
const CHANGING =
  /^(push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin|assign|definePropert(y|ies)|deleteProperty|set([A-Z].*)?)$/

/** What was made on the spot may be changed: `[...values].sort()`. */
const FRESH: ReadonlySet<string> = new Set(['ArrayExpression', 'ObjectExpression', 'NewExpression'])

function hasChanges(tree: Node): boolean {
  let found = false
  full(tree, (node) => {
    found ||= isChange(node as AnyNode) // acorn's own union; its walker promises only Node
  })
  return found
}

function isChange(node: AnyNode): boolean {
  switch (node.type) {
    case 'AssignmentExpression':
      return node.left.type !== 'Identifier'
    case 'UpdateExpression':
      return node.argument.type !== 'Identifier'
    case 'UnaryExpression':
      return node.operator === 'delete'
    case 'ForInStatement':
    case 'ForOfStatement':
      return node.left.type !== 'VariableDeclaration' && node.left.type !== 'Identifier'
    case 'CallExpression':
      return isChangingCall(node.callee)
    default:
      return false
  }
}

function isChangingCall(callee: AnyNode): boolean {
  if (callee.type !== 'MemberExpression' || FRESH.has(callee.object.type)) return false
  const { property } = callee
  if (!callee.computed && property.type === 'Identifier') return CHANGING.test(property.name)
  // What is called by a name that is only known at run time may be anything.
  return property.type !== 'Literal' || (typeof property.value === 'string' && CHANGING.test(property.value))
}

function mentions(tree: Node, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false
  let found = false
  full(tree, (node) => {
    const each = node as AnyNode // as above
    found ||= each.type === 'Identifier' && names.has(each.name)
  })
  return found
}
