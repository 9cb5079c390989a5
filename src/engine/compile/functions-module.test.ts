import { expect, test } from 'vitest'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import { findInFunctions, functionsModule, IN_FUNCTIONS, moduleUrl } from './functions-module.ts'

const user = (node: string, source: string): FunctionRef => ({ name: `${node}.fn`, node, param: 'fn', source })
const TITLE = 'Word count, by hour'
const own: FunctionRef = { name: 'n#0', node: 'n', source: '() => 1' }

test.each([undefined, '', 'const k = 1', 'let n = 0\nfunction next() {\n  return n++\n}\n'])(
  'finds every line of every function behind the prelude %j',
  (prelude) => {
    const users = [user('a', 'x => x'), user('b', 'x => {\n  return x\n}'), user('c', 'x => x + 1 // note')]
    const text = functionsModule(prelude, users, [own], TITLE)
    const lines = text.split('\n')
    const found = lines.map((_line, index) => findInFunctions(prelude, [...users, own], index + 1))
    for (const fn of [...users, own]) {
      const mine = found.flatMap((each, index) => (each?.fn?.name === fn.name ? [{ line: each.line, index }] : []))
      expect(mine.map(({ index }) => lines[index]).join('\n')).toBe(fn.source)
      expect(mine.map(({ line }) => line)).toEqual(fn.source.split('\n').map((_each, index) => index + 1))
    }
    expect(found.filter((each) => each?.fn !== undefined)).toHaveLength(6)
    const shared = found.flatMap((each, index) => (each !== undefined && each.fn === undefined ? [lines[index]] : []))
    expect(shared).toEqual(prelude?.split('\n') ?? [])
  },
)

test('gives functions that share the prelude and the console they were given', async () => {
  const text = functionsModule(
    'let n = 0',
    [user('a', '() => ++n'), user('b', '() => n'), user('c', 'x => console.log(x)')],
    [own],
    TITLE,
  )
  const module: { default: (console: unknown) => Record<string, (x?: unknown) => unknown> } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`
  )
  const logged: unknown[] = []
  const of = (name: string) => ({ log: (x: unknown) => logged.push(`${name}: ${x}`) })
  const make = () => module.default({ of })
  const functions = make()
  functions['a.fn']?.()
  functions['a.fn']?.()
  expect(functions['b.fn']?.()).toBe(2)
  functions['c.fn']?.('hello')
  expect(logged).toEqual(['c.fn: hello'])
  // In stack traces it is called as all others are.
  expect([functions['a.fn']?.name, functions['c.fn']?.name]).toEqual(['a.fn', 'c.fn'])
  expect(make()['b.fn']?.()).toBe(0)
})

test("carries the pipeline's name where stack traces and debuggers show it", () => {
  const text = functionsModule(undefined, [], [own], TITLE)
  expect(text.split('\n').at(-1)).toBe('//# sourceURL=sluice://word-count-by-hour/functions.js')
  const names = ['', '  ', '日本語', 'a/b*/c', 'x'.repeat(200), "it's (new) //# sourceURL=evil", 'C++']
  for (const name of names) {
    const url = moduleUrl(name, 'functions')
    expect(url).toMatch(/^sluice:\/\/[^\s/'"()]{1,60}\/functions\.js$/)
    expect(`    at a.fn (${url}:12:3)`.match(IN_FUNCTIONS)?.slice(1)).toEqual(['12', '3'])
  }
})
