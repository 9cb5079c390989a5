import type { AnyNode, Node, Pattern, Program } from 'acorn'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { problem } from '#engine/model/diagnostic.ts'
import { MAX_FUNCTION_LENGTH, MAX_PRELUDE_LENGTH } from '#engine/model/limits.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import {
  endsAt,
  forbiddenParts,
  parseExpression,
  parseProgram,
  printPosition,
  type SourcePlace,
  spanOf,
  syntaxProblem,
} from './javascript.ts'

/** Functions can be read once this has settled; from the start everywhere but in the page's build. */
export async function fetchReader(): Promise<void> {}

/** The source of one function that has passed the gate: one expression, safe to stand between parentheses if a line break follows it. */
export interface FunctionSource {
  readonly source: string
  /** Parameters it declares; undefined when that cannot be read off (a name, a call, or a rest parameter). */
  readonly parameterCount: number | undefined
}

/** Lets exactly one expression through that can be a function, or a receiver: no `import`, no top-level `await`, nothing after it.
 *  Everything that executors load as the user's code passes here first.
 *  Fails: with one Diagnostic for what it met first, the span inside `text` */
export function parseFunction(
  text: string,
  place: SourcePlace = {},
  gives: 'function' | 'receiver' = 'function',
): Result<FunctionSource> {
  if (text.trim() === '') return refuse('function/empty', `There is no ${gives} here.`, EXAMPLE_HINTS[gives], place)
  if (text.length > MAX_FUNCTION_LENGTH) {
    const hint = 'Move parts of it into the shared code of the pipeline.'
    return refuse('function/too-long', `A function has at most ${MAX_FUNCTION_LENGTH} characters.`, hint, place)
  }
  try {
    const tree = parseExpression(text)
    if (!endsAt(text, tree.end)) return err([trailingProblem(text, tree.end, place)])
    const forbidden = forbiddenParts(tree, text, place)
    if (forbidden.length > 0) return err(forbidden)
    return judge(bare(tree), text, place, gives)
  } catch (failure) {
    return err([syntaxProblem('function/syntax', text, failure, place)])
  }
}

/** Whether `text` takes more arguments than it will ever get, as a warning; `signature` as in FunctionParam. */
export function extraParameters(text: string, signature: string, place: SourcePlace = {}): readonly Diagnostic[] {
  const declared = parseFunction(text)
  const offered = parseFunction(`${signature.slice(0, signature.lastIndexOf('=>'))}=> 0`)
  if (!declared.ok || !offered.ok) return []
  const given = offered.value.parameterCount
  const taken = declared.value.parameterCount
  if (given === undefined || taken === undefined || taken <= given) return []
  const pair = given === 1 && taken === 2 ? ' A pair arrives as one array: write ([key, value]) => …' : ''
  const message = `The function has ${taken} parameters, but is called with ${given}: ${signature}.`
  const hint = `Leave out ${taken - given === 1 ? 'the last one' : `the last ${taken - given}`}.${pair}`
  return [{ code: 'function/too-many-parameters', severity: 'warning', message, hint, ...place }]
}

/** Shared code of a document that has passed the gate. */
export interface PreludeSource {
  readonly source: string
  /** What it declares at its top level, in order. */
  readonly names: readonly string[]
}

/** Parameters of the one function of the functions module, whose body the shared code is part of. */
const RESERVED = ['console', 'acc', 'bc', 'sc'] as const

const PRELUDE_PLACE = { path: ['settings', 'prelude'] } as const

/** Lets the shared code of a document through: statements of a module without `import`, `export` or top-level `await`.
 *  Fails: with Diagnostics at `settings.prelude`, spans inside `text` */
export function parsePrelude(text: string): Result<PreludeSource> {
  if (text.length > MAX_PRELUDE_LENGTH) {
    const message = `Shared code has at most ${MAX_PRELUDE_LENGTH} characters.`
    return err([problem('function/too-long', message, { ...PRELUDE_PLACE, hint: 'Leave out what no function uses.' })])
  }
  try {
    const program = parseProgram(text)
    const forbidden = forbiddenParts(program, text, PRELUDE_PLACE)
    if (forbidden.length > 0) return err(forbidden)
    const names = declaredNames(program)
    const taken = RESERVED.find((name) => names.includes(name))
    if (taken === undefined) return ok({ source: text, names })
    const hint = 'Give it another name.'
    return err([problem('function/reserved-name', `${taken} cannot be declared anew.`, { ...PRELUDE_PLACE, hint })])
  } catch (failure) {
    return err([syntaxProblem('function/syntax', text, failure, PRELUDE_PLACE)])
  }
}

const EXAMPLE_HINTS = {
  function: 'Write one function, for example: record => record.',
  receiver: 'Write an object or a class, for example: { onStart(receiver) { receiver.store(1) }, onStop() {} }.',
} as const

function refuse(code: string, message: string, hint: string, place: SourcePlace): Result<never> {
  return err([problem(code, message, { ...place, hint })])
}

function trailingProblem(text: string, end: number, place: SourcePlace): Diagnostic {
  const start = end + (/\S/.exec(text.slice(end))?.index ?? 0)
  const withoutSemicolons = text.replace(/[\s;]+$/, '')
  const onlySemicolons = withoutSemicolons.length <= end
  const { param } = place
  return problem('function/not-one-expression', `More text follows the function, at ${printPosition(text, start)}.`, {
    ...place,
    span: { from: start, to: text.length },
    hint: onlySemicolons
      ? 'Leave out the semicolon at the end.'
      : 'Write a single expression. For several statements: record => { …; return result }.',
    ...(onlySemicolons && param !== undefined
      ? { fixes: [{ label: 'Leave out the semicolon', param, value: withoutSemicolons }] }
      : {}),
  })
}

/** The expression inside its parentheses. */
function bare(tree: Node): AnyNode {
  // acorn's own union; its parseExpressionAt promises only Node.
  let node = tree as AnyNode
  while (node.type === 'ParenthesizedExpression') node = node.expression
  return node
}

/** Expressions whose value may be a function though nobody can see it from their form. */
const MAY_BE_FUNCTION: ReadonlySet<string> = new Set([
  'Identifier',
  'MemberExpression',
  'ChainExpression',
  'CallExpression',
  'ConditionalExpression',
  'LogicalExpression',
  'NewExpression',
])

function judge(
  node: AnyNode,
  text: string,
  place: SourcePlace,
  gives: 'function' | 'receiver',
): Result<FunctionSource> {
  if (gives === 'receiver' && (node.type === 'ObjectExpression' || node.type === 'ClassExpression'))
    return ok({ source: text, parameterCount: undefined })
  if (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression') {
    if (node.async) {
      const hint = 'Leave out the word async: the result would be a promise, which is not a record.'
      return err([problem('function/async', 'The function is async.', { ...place, hint, span: spanOf(node) })])
    }
    const open = node.params.some((param) => param.type === 'RestElement')
    return ok({ source: text, parameterCount: open ? undefined : node.params.length })
  }
  if (MAY_BE_FUNCTION.has(node.type)) return ok({ source: text, parameterCount: undefined })
  const hint = node.type === 'AssignmentExpression' ? 'Leave out the name and the = before it.' : EXAMPLE_HINTS[gives]
  return err([problem('function/not-a-function', `This is not a ${gives}.`, { ...place, hint, span: spanOf(node) })])
}

function declaredNames(program: Program): readonly string[] {
  return program.body.flatMap((statement) => {
    if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') return [statement.id.name]
    if (statement.type === 'VariableDeclaration') return statement.declarations.flatMap(({ id }) => boundNames(id))
    return []
  })
}

function boundNames(pattern: Pattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : boundNames(element)))
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'RestElement' ? property.argument : property.value),
      )
    case 'AssignmentPattern':
      return boundNames(pattern.left)
    case 'RestElement':
      return boundNames(pattern.argument)
    case 'MemberExpression':
      return []
  }
}
