import { expect, test } from 'vitest'
import { leaveTextsOut } from './plain-operators.ts'

test('leaves out what only a person reads of an operator, and nothing else', () => {
  const code = `const help = 'x'
export const map = define({ name: 'map', category: 'c', help: 'Long. ' + more, examples: [{ title: 'a', examples: [1] }],
  params: { fn: param({ label: 'Function', help: 'Takes one' }) }, check: ({ help: own }) => problem({ hint: 'h', help }) })`
  expect(leaveTextsOut(code)).toBe(`const help = 'x'
export const map = define({ name: 'map', category: 'c', help: '', examples: [],
  params: { fn: param({ label: 'Function', help: 'Takes one' }) }, check: ({ help: own }) => problem({ hint: 'h', help }) })`)
})
