import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findForeign } from './foreign.ts'

const records = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true })

test('every record is accepted', () => {
  fc.assert(fc.property(records, (value) => findForeign(value) === undefined))
})

test('records of another realm are accepted, its other objects are not', () => {
  expect(findForeign(runInNewContext('[{ a: [1, new Date(0)], b: { constructor: 1 } }]'))).toBeUndefined()
  expect(findForeign(runInNewContext('({ a: new Map() })'))).toEqual({ path: 'a', what: 'a Map' })
  expect(findForeign(runInNewContext('class V {}; [new V()]'))).toEqual({ path: '[0]', what: 'an instance of V' })
})

class Visit {}
class Trip extends Array {}
class Day extends Date {}

test.each([
  [() => 1, '', 'a function'],
  [Symbol('s'), '', 'a symbol'],
  [['k', Promise.resolve(1)], '[1]', 'a Promise'],
  [{ a: { 'first name': new Map() } }, 'a["first name"]', 'a Map'],
  [[1, { user: new Visit() }], '[1].user', 'an instance of Visit'],
  [new Trip(), '', 'an instance of Trip'],
  [new Day(), '', 'an instance of Day'],
  [new Number(1), '', 'an instance of Number'],
  [new Uint8Array(1), '', 'a Uint8Array'],
  [/x/, '', 'a RegExp'],
  [Object.create(Object.create(null)), '', 'an object of a class without a name'],
])('%o is foreign', (value, path, what) => {
  expect(findForeign(value)).toEqual({ path, what })
})

test('a fake tag does not make a date', () => {
  expect(findForeign({ [Symbol.toStringTag]: 'Date', a: 1 })).toBeUndefined()
  expect(findForeign(Object.create(Date.prototype))).toEqual({ path: '', what: 'an instance of Date' })
})

test('a value that contains itself is named; one that is used twice is fine', () => {
  const loop: Record<string, unknown> = {}
  loop.next = [loop]
  expect(findForeign(loop)).toEqual({ path: 'next[0]', what: 'an object that contains itself' })
  const shared = { a: 1 }
  expect(findForeign([shared, shared])).toBeUndefined()
})

test('depth is limited', () => {
  let deep: unknown = 1
  for (let level = 0; level < 200; level++) deep = [deep]
  expect(findForeign(deep)?.what).toBe('nested more than 100 levels deep')
})

test('hostile objects do not throw', () => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  expect(findForeign([proxy])).toEqual({ path: '[0]', what: 'something that throws when it is read' })
  const trap = {
    get a() {
      throw new Error('no')
    },
  }
  expect(findForeign({ trap })).toEqual({ path: 'trap.a', what: 'something that throws when it is read' })
})
