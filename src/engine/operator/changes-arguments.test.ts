import { expect, test } from 'vitest'
import { changesArguments, sharedChanges } from './changes-arguments.ts'

const none = { names: new Set<string>() }

test.each([
  '(a, b) => { a.n += b.n; return a }',
  'x => { x.n++; return x }',
  'x => { x["n"] = 1; return x }',
  'x => { delete x.n; return x }',
  'x => { [x.a, x.b] = [1, 2]; return x }',
  '(list, x) => { list.push(x); return list }',
  'x => { x.at.setFullYear(2000); return x }',
  'x => Object.assign(x, { n: 1 })',
  'values => values.sort()',
  'x => { const { list } = x; list["reverse"](); return x }',
  '(x, name) => x[name]()',
  'rdd => rdd.map(x => { x.n = 1; return x })',
  'x => { for (x.i of [1]) {} return x }',
])('%s may change what it is given', (source) => {
  expect(changesArguments(source, none)).toBe(true)
})

test.each([
  '(a, b) => a + b',
  'x => ({ ...x, n: x.n + 1 })',
  'line => line.split(" ").map(word => [word, 1])',
  'values => [...values].sort()',
  'x => { let sum = 0; for (const each of x) sum += each; return sum }',
  '(values, sum) => values.reduce((a, b) => a + b, sum ?? 0)',
  'x => { acc.n.add(1); return x }',
])('%s does not', (source) => {
  expect(changesArguments(source, none)).toBe(false)
})

test('a function that uses shared code may change what that code changes', () => {
  const changing = sharedChanges({
    source: 'function touch(x) { x.n = 1; return x }\nconst k = 1',
    names: ['touch', 'k'],
  })
  expect(changesArguments('x => touch(x)', changing)).toBe(true)
  expect(changesArguments('touch', changing)).toBe(true)
  expect(changesArguments('x => x', changing)).toBe(false)
  expect(
    changesArguments('x => twice(x)', sharedChanges({ source: 'const twice = x => 2 * x', names: ['twice'] })),
  ).toBe(false)
})
