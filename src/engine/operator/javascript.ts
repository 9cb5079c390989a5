import { type Node, type Options, Parser, type Program, tokenizer, tokTypes } from 'acorn'
import { ancestor } from 'acorn-walk'
import type { Diagnostic, Span } from '#engine/model/diagnostic.ts'
import { problem } from '#engine/model/diagnostic.ts'

/** What a Diagnostic about JavaScript says of its place, beside the span. */
export type SourcePlace = Pick<Diagnostic, 'node' | 'param' | 'path'>

// Module goal as at run time: strict, and `<!--` is no comment. A `#!` line would be a comment here and an error there.
const OPTIONS: Options = {
  ecmaVersion: 2024,
  sourceType: 'module',
  allowHashBang: false,
  allowAwaitOutsideFunction: true,
}

/** An expression with the parentheses around it, and where the text goes on after it. */
export function parseExpression(source: string): Node {
  return Parser.parseExpressionAt(source, 0, { ...OPTIONS, preserveParens: true })
}

/** A module's text. */
export function parseProgram(source: string): Program {
  return Parser.parse(source, OPTIONS)
}

/** Whether only blanks and comments follow `from`. */
export function endsAt(source: string, from: number): boolean {
  return tokenizer(source.slice(from), OPTIONS).getToken().type === tokTypes.eof
}

/** Positions from 1, as editors count them. */
export function printPosition(source: string, offset: number): string {
  const before = source.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/)
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
}

/** A parser's failure as a Diagnostic. Anything else than a syntax error is ours and goes on. */
export function syntaxProblem(code: string, source: string, failure: unknown, place: SourcePlace): Diagnostic {
  if (!(failure instanceof SyntaxError)) throw failure
  const offset = 'pos' in failure && typeof failure.pos === 'number' ? failure.pos : 0
  const reason = failure.message.replace(/ \(\d+:\d+\)$/, '')
  return problem(code, `This is not JavaScript: ${reason}, at ${printPosition(source, offset)}.`, {
    ...place,
    span: { from: offset, to: Math.min(offset + 1, source.length) },
    hint: 'Correct the text at the marked place.',
  })
}

/** What functions and shared code may not do, wherever it stands: load other code, or wait at the top level. */
export function forbiddenParts(tree: Node, source: string, place: SourcePlace): readonly Diagnostic[] {
  const found: Diagnostic[] = []
  const report = (code: string, what: string, hint: string, node: Node): void => {
    const where = printPosition(source, node.start)
    found.push(problem(code, `${what} at ${where}.`, { ...place, span: spanOf(node), hint }))
  }
  const importHint = 'Functions may not load other code: write what you need into the shared code of the pipeline.'
  const awaitHint = 'Functions run to their end at once, as in Spark: leave out the await.'
  const outside = (ancestors: readonly Node[]): boolean => !ancestors.some((node) => FUNCTIONS.has(node.type))
  ancestor(tree, {
    ImportExpression: (node) => report('function/import', 'import() is not allowed,', importHint, node),
    ImportDeclaration: (node) => report('function/import', 'import is not allowed,', importHint, node),
    ExportNamedDeclaration: (node) => report('function/export', 'export is not allowed,', EXPORT_HINT, node),
    ExportDefaultDeclaration: (node) => report('function/export', 'export is not allowed,', EXPORT_HINT, node),
    ExportAllDeclaration: (node) => report('function/export', 'export is not allowed,', EXPORT_HINT, node),
    MetaProperty: (node) => {
      if (node.meta.name === 'import') report('function/import', 'import.meta is not allowed,', importHint, node)
    },
    AwaitExpression: (node, _state, ancestors) => {
      if (outside(ancestors)) report('function/await', 'await is not allowed here,', awaitHint, node)
    },
    ForOfStatement: (node, _state, ancestors) => {
      if (node.await && outside(ancestors)) report('function/await', 'for await is not allowed here,', awaitHint, node)
    },
  })
  return found
}

const EXPORT_HINT = 'Leave out the word export: all functions of the pipeline see what is declared here.'
const FUNCTIONS = new Set(['ArrowFunctionExpression', 'FunctionExpression', 'FunctionDeclaration'])

/** The place of a part of the tree. */
export function spanOf(node: Node): Span {
  return { from: node.start, to: node.end }
}
