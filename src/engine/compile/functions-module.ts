import type { FunctionRef } from '#engine/operator/function-ref.ts'

/** Where a stack trace is in the functions module of a plan: its line and column. */
export const IN_FUNCTIONS = /\bsluice:\/\/[^/\s()]+\/functions\.js:(\d+):(\d+)/

/** Name of a pipeline's module in stack traces, in debuggers and profilers. */
export function moduleUrl(title: string, module: 'functions' | 'stages'): string {
  const name = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return `sluice://${name === '' ? 'pipeline' : name}/${module}.js`
}

/** Lines of the module before the prelude, or before the first function when there is none. */
const HEAD_LINES = 2

/** Whether a function's text speaks of the console: only then it is given one of its own, and what it logs costs something. */
const LOGS = /\bconsole\b/

/** Text of one module with all functions of a plan.
 *  Its default export takes the console, the accumulators, the broadcasts and the SparkContext that the functions may use, and returns
 *  them by name. A function that logs has a console of its own, `console.of(name)`, which knows whose words they are. All functions share one scope with the prelude, so that its state is shared too. Every function stands on lines of its own, so that a stack trace
 *  can be led back to it (see findInFunctions). Sources have passed the gate of operator/parse-function.ts: each is one expression.
 *  Shape: `export default (console, acc, bc, sc) => Record<name, function>` */
export function functionsModule(
  prelude: string | undefined,
  users: readonly FunctionRef[],
  own: readonly FunctionRef[],
  title: string,
): string {
  const parts = ['export default function (console, acc, bc, sc) {', '"use strict";']
  if (prelude !== undefined) parts.push(prelude)
  parts.push('return {')
  for (const fn of users) parts.push(...(LOGS.test(fn.source) ? logging(fn) : silent(fn)))
  for (const fn of own) parts.push(...silent(fn))
  parts.push('};', '}', `//# sourceURL=${moduleUrl(title, 'functions')}`)
  return parts.join('\n')
}

function silent({ name, source }: FunctionRef): readonly string[] {
  return [`${JSON.stringify(name)}: (`, source, '),']
}

/** On as many lines, and called the same in stack traces. */
function logging({ name, source }: FunctionRef): readonly string[] {
  const key = JSON.stringify(name)
  return [`${key}: ((console) => ({ ${key}: (`, source, `) })[${key}])(console.of(${key})),`]
}

/** Where a line of the functions module stands in the document: in a function, or without one in the shared code; undefined for the
 *  module's own lines.
 *  Shape: `line` counts from 1, in the module as in the answer */
export function findInFunctions(
  prelude: string | undefined,
  functions: readonly FunctionRef[],
  line: number,
): { readonly fn?: FunctionRef; readonly line: number } | undefined {
  const shared = prelude === undefined ? 0 : countLines(prelude)
  if (line > HEAD_LINES && line <= HEAD_LINES + shared) return { line: line - HEAD_LINES }
  let next = HEAD_LINES + shared + 2
  for (const fn of functions) {
    const first = next + 1
    const last = first + countLines(fn.source) - 1
    if (line >= first && line <= last) return { fn, line: line - first + 1 }
    next = last + 2
  }
  return undefined
}

function countLines(text: string): number {
  return text.split('\n').length
}
