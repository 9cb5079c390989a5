import { expect, test } from 'vitest'
import { LogPage } from './log-page.ts'

const place = { node: 'map1', param: 'fn' }
const noFrames = () => []

function printed(...values: readonly unknown[]): string | undefined {
  const page = new LogPage()
  page.log(place, 'info', values, noFrames)
  return page.logs()?.lines[0]?.text
}

test('keeps the first calls of each function, counts the others, and does not print them', () => {
  const page = new LogPage()
  let reads = 0
  const value = {
    get x() {
      reads += 1
      return 1
    },
  }
  for (let call = 0; call < 1_000_000; call++) page.log(place, 'info', [value], noFrames)
  page.log({ node: 'filter2', param: 'fn' }, 'warn', ['once'], noFrames)
  const logs = page.logs()
  expect(logs?.lines).toHaveLength(51)
  expect(logs?.lines.at(-1)).toEqual({ node: 'filter2', param: 'fn', level: 'warn', text: 'once' })
  expect(logs?.more).toEqual([{ ...place, calls: 999_950 }])
  expect(reads).toBe(50)
})

test('says nothing of silent functions', () => {
  expect(new LogPage().logs()).toBeUndefined()
})

test('prints what is hostile within bounds', () => {
  const circular: Record<string, unknown> = {}
  circular.self = circular
  const endless: unknown = new Proxy([], { get: (_, key) => (key === 'length' ? 2 ** 31 : 'x') })
  const nested = Array.from({ length: 1_000 }).reduce((inner) => [inner, inner], 1)
  const throwing = {
    get x() {
      throw new Error('no')
    },
  }
  expect(printed('x'.repeat(50_000_000))).toBe(`${'x'.repeat(999)}…`)
  expect(printed(...Array.from({ length: 100_000 }, () => 'y'.repeat(1_000)))).toHaveLength(1_000)
  expect(printed(nested)?.length).toBeLessThanOrEqual(1_000)
  expect(printed(endless)?.length).toBeLessThanOrEqual(1_000)
  expect(printed(circular)).toBe('{self: [Circular]}')
  expect(printed(throwing, Symbol('s'), 12n)).toBe('{x: [unreadable]} Symbol(s) 12n')
  expect(printed(2n ** 4_000_000n)).toBe('[a BigInt too long to write]')
  expect(printed()).toBe('')
})

test('does not go round in circles where printing a value logs', () => {
  const page = new LogPage()
  const logging: object = {
    get x() {
      page.log(place, 'info', [logging], noFrames)
      return 1
    },
  }
  page.log(place, 'info', [logging], noFrames)
  expect(page.logs()?.lines.map(({ text }) => text)).toEqual(['{x: 1}'])
})

test('has an end for all functions together', () => {
  const page = new LogPage()
  for (let node = 0; node < 100; node++) {
    const own = { node: `map${node}`, param: 'fn' }
    for (let call = 0; call < 50; call++) page.log(own, 'info', ['z'.repeat(900)], noFrames)
  }
  const logs = page.logs()
  const chars = logs?.lines.reduce((sum, { text }) => sum + text.length, 0)
  expect(chars).toBeLessThanOrEqual(60_000)
  const more = logs?.more.reduce((sum, { calls }) => sum + calls, 0) ?? 0
  expect((logs?.lines.length ?? 0) + more).toBe(5_000)
})
