import { parsePrelude } from '#engine/operator/parse-function.ts'

/** Name of the module in stack traces. */
export const RECEIVER_URL = 'sluice-receiver.js'

/** What the module takes, in this order. */
const SCOPE = [
  'console',
  'acc',
  'bc',
  'Receiver',
  'setTimeout',
  'setInterval',
  'clearTimeout',
  'clearInterval',
] as const

/** A place in the module, as a line of a stack tells it: line and column from 1. */
export const IN_RECEIVER = /\bsluice-receiver\.js:(\d+):(\d+)/

/** Lines of the module before the shared code, or before the expression's own first. */
const HEAD_LINES = 2

/** Text of the module with one custom receiver and the shared code. Its default export takes what receivers may use, and gives the value of
 *  the user's expression, which has passed the gate of operator/parse-function.ts. What the shared code declares itself comes before ours.
 *  Shape: `export default (console, acc, bc, Receiver, setTimeout, setInterval, clearTimeout, clearInterval) => receiver` */
export function receiverModule(prelude: string | undefined, source: string): string {
  const parsed = prelude === undefined ? undefined : parsePrelude(prelude)
  const taken: readonly string[] = parsed?.ok === true ? parsed.value.names : []
  const scope = SCOPE.map((name) => (taken.includes(name) ? `$${name}` : name))
  const parts = [`export default function (${scope.join(', ')}) {`, '"use strict";']
  if (prelude !== undefined) parts.push(prelude)
  parts.push('return (', source, ');', '}', `//# sourceURL=${RECEIVER_URL}`)
  return parts.join('\n')
}

/** Where a line of the module stands in the document: in the expression, or in the shared code. All are counted from 1. */
export function findInReceiver(
  prelude: string | undefined,
  source: string,
  line: number,
): { readonly isShared: boolean; readonly line: number } | undefined {
  const shared = prelude === undefined ? 0 : countLines(prelude)
  const inShared = line - HEAD_LINES
  if (inShared >= 1 && inShared <= shared) return { isShared: true, line: inShared }
  const inSource = inShared - shared - 1
  return inSource >= 1 && inSource <= countLines(source) ? { isShared: false, line: inSource } : undefined
}

function countLines(text: string): number {
  return text.split('\n').length
}
