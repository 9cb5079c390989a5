import type { FunctionRef } from '#engine/operator/function-ref.ts'

/** Name of the module in stack traces. */
export const FUNCTIONS_URL = 'sluice-functions.js'

/** Lines of the module before the prelude, or before the first function when there is none. */
const HEAD_LINES = 2

/** Text of one module with all functions of a plan.
 *  Its default export takes the console, the accumulators, the broadcasts and the SparkContext that the functions may use, and returns
 *  them by name. All functions share one scope with the prelude, so that its state is shared too. Every function stands on lines of its own, so that a stack trace
 *  can be led back to it (see findInFunctions). Sources have passed the gate of operator/parse-function.ts: each is one expression.
 *  Shape: `export default (console, acc, bc, sc) => Record<name, function>` */
export function functionsModule(
  prelude: string | undefined,
  users: readonly FunctionRef[],
  own: readonly FunctionRef[],
): string {
  const parts = ['export default function (console, acc, bc, sc) {', '"use strict";']
  if (prelude !== undefined) parts.push(prelude)
  parts.push('return {')
  for (const fn of [...users, ...own]) parts.push(`${JSON.stringify(fn.name)}: (`, fn.source, '),')
  parts.push('};', '}', `//# sourceURL=${FUNCTIONS_URL}`)
  return parts.join('\n')
}

/** Where a line of the functions module stands in the document; undefined for the module's own lines.
 *  Shape: `line` counts from 1, in the module as in the answer */
export function findInFunctions(
  prelude: string | undefined,
  functions: readonly FunctionRef[],
  line: number,
): { readonly fn: FunctionRef; readonly line: number } | undefined {
  let next = HEAD_LINES + (prelude === undefined ? 0 : countLines(prelude)) + 2
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
