import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyForm } from './key-form.ts'
import { isPlainKey, KeyIndex } from './key-index.ts'
import { inSlotOrder } from './keyed.ts'
import { RecordError } from './record-error.ts'

const key = fc.oneof(
  fc.string({ maxLength: 2 }),
  fc.constantFrom(null, undefined, true, false, 0, -0, Number.NaN, '', '\0', '\0a', 1n, 'a text of more than thirteen'),
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true }),
  fc.integer().map((ms) => new Date(ms)),
  fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 2 }),
  fc.record({ a: fc.integer({ min: 0, max: 2 }) }),
)

/** As a Map holds them: -0 is 0. */
function formsOf(keys: readonly unknown[]): readonly unknown[] {
  return keys.map((each) => [...new Set([keyForm(each)])][0])
}

test('equal keys have one id, other keys another one, also after keys were removed', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.boolean()), { maxLength: 300 }), (steps) => {
      const index = new KeyIndex()
      const expected = new Map<unknown, number>()
      let most = 0
      for (const [each, removes] of steps) {
        const form = keyForm(each)
        const id = expected.get(form)
        expect(index.find(each)).toBe(id ?? -1)
        if (removes && id !== undefined) {
          index.remove(id)
          expected.delete(form)
        } else {
          expected.set(form, index.idOf(each))
          if (id !== undefined) expect(expected.get(form)).toBe(id)
        }
        most = Math.max(most, expected.size)
        expect(index.size).toBe(expected.size)
        expect(index.capacity).toBe(most) // ids of removed keys are given again
        expect(new Set(expected.values()).size).toBe(expected.size)
      }
      for (const [form, id] of expected) expect(formsOf([index.keyOf(id)])).toEqual([form])
    }),
  )
})

test('ids come in the slot order of their keys', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 400 }), fc.array(key), (keys, others) => {
      const index = new KeyIndex()
      for (const each of others) index.idOf(each)
      const distinct = [...new Map(keys.map((each) => [keyForm(each), each])).values()]
      const ids = index.inSlotOrder(Int32Array.from(distinct, (each) => index.idOf(each)))
      expect(formsOf(Array.from(ids, (id) => index.keyOf(id)))).toEqual(formsOf(inSlotOrder(distinct, (each) => each)))
    }),
  )
})

test('many keys grow the index', () => {
  const index = new KeyIndex()
  for (let number = 0; number < 10_000; number++) expect(index.idOf(`key ${number}`)).toBe(number)
  expect(index.find('key 9999')).toBe(9999)
  expect(index.find('key 10000')).toBe(-1)
})

test('a key that is changed later stays what it was', () => {
  const index = new KeyIndex()
  const list = [1, { a: 2 }]
  const id = index.idOf(list)
  list.push(3)
  expect(index.keyOf(id)).toEqual([1, { a: 2 }])
  expect(index.find([1, { a: 2 }])).toBe(id)
  index.remove(id)
  expect(index.find([1, { a: 2 }])).toBe(-1)
})

test('what is no record is no key', () => {
  expect(() => new KeyIndex().idOf(() => 1)).toThrow(RecordError)
  expect(() => new KeyIndex().find([Symbol('no')])).toThrow(RecordError)
})

test('plain keys are those that have no other form', () => {
  for (const plain of ['', 'a', 0, 1, Number.NaN, 1n, 0n, true, null, undefined]) expect(isPlainKey(plain)).toBe(true)
  for (const other of [-0, [], {}, new Date(0)]) expect(isPlainKey(other)).toBe(false)
})
