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
