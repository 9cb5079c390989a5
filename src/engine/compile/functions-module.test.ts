import { expect, test } from 'vitest'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import { findInFunctions, functionsModule } from './functions-module.ts'

const user = (node: string, source: string): FunctionRef => ({ name: `${node}.fn`, node, param: 'fn', source })
const own: FunctionRef = { name: 'n#0', node: 'n', source: '() => 1' }

test.each([undefined, '', 'const k = 1', 'let n = 0\nfunction next() {\n  return n++\n}\n'])(
  'finds every line of every function behind the prelude %j',
  (prelude) => {
    const users = [user('a', 'x => x'), user('b', 'x => {\n  return x\n}'), user('c', 'x => x + 1 // note')]
    const text = functionsModule(prelude, users, [own])
    const lines = text.split('\n')
    const found = lines.map((_line, index) => findInFunctions(prelude, [...users, own], index + 1))
    for (const fn of [...users, own]) {
      const mine = found.flatMap((each, index) => (each?.fn.name === fn.name ? [{ line: each.line, index }] : []))
      expect(mine.map(({ index }) => lines[index]).join('\n')).toBe(fn.source)
      expect(mine.map(({ line }) => line)).toEqual(fn.source.split('\n').map((_each, index) => index + 1))
    }
    expect(found.filter((each) => each !== undefined)).toHaveLength(6)
  },
)

test('gives functions that share the prelude and the console they were given', async () => {
  const text = functionsModule(
    'let n = 0',
    [user('a', '() => ++n'), user('b', '() => n'), user('c', 'x => console.log(x)')],
    [own],
  )
  const module: { default: (console: unknown) => Record<string, (x?: unknown) => unknown> } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`
  )
  const logged: unknown[] = []
  const make = () => module.default({ log: (x: unknown) => logged.push(x) })
  const functions = make()
  functions['a.fn']?.()
  functions['a.fn']?.()
  expect(functions['b.fn']?.()).toBe(2)
  functions['c.fn']?.('hello')
  expect(logged).toEqual(['hello'])
  expect(make()['b.fn']?.()).toBe(0)
})
