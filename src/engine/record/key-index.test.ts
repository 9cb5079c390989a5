import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyForm } from './key-form.ts'
import { isPlainKey, KeyIndex } from './key-index.ts'
import { inSlotOrder } from './keyed.ts'
import { RecordError } from './record-error.ts'
import { slotOrderOfSpreads } from './slot-order.ts'

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

test('equal keys have one id, other keys another one', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 300 }), (keys) => {
      const index = new KeyIndex()
      const expected = new Map<unknown, number>()
      for (const each of keys) {
        const form = keyForm(each)
        const id = expected.get(form)
        expect(index.idOf(each)).toBe(id ?? expected.size)
        expected.set(form, index.idOf(each))
        expect(index.capacity).toBe(expected.size)
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
      const inserted = Int32Array.from(distinct, (each) => index.idOf(each))
      const nullPlace = index.nullId < 0 ? -1 : inserted.indexOf(index.nullId)
      const ids = slotOrderOfSpreads(
        inserted.map((id) => index.spreadsById[id] ?? 0),
        nullPlace,
      ).map((place) => inserted[place] ?? -1)
      expect(formsOf(Array.from(ids, (id) => index.keyOf(id)))).toEqual(formsOf(inSlotOrder(distinct, (each) => each)))
    }),
  )
})

test('many keys at once get the ids that they would get one by one, in another order', () => {
  fc.assert(
    fc.property(fc.array(fc.array(key, { maxLength: 100 }), { maxLength: 4 }), (lists) => {
      const [index, single] = [new KeyIndex(), new KeyIndex()]
      for (const keys of lists) {
        const ids = index.idsOf(keys)
        const expected = keys.map((each) => single.idOf(each))
        expect(index.capacity).toBe(single.capacity)
        ids.forEach((id, place) => {
          expect(index.idOf(keys[place])).toBe(id)
          expect(formsOf([index.keyOf(id)])).toEqual(formsOf([keys[place]]))
          expect(index.spreadsById[id]).toBe(single.spreadsById[expected[place] ?? -1])
        })
      }
      expect(index.nullId < 0).toBe(single.nullId < 0)
    }),
  )
})

test('many keys grow the index', () => {
  const index = new KeyIndex()
  for (let number = 0; number < 10_000; number++) expect(index.idOf(`key ${number}`)).toBe(number)
  expect(index.idOf('key 9999')).toBe(9999)
  expect(index.keyOf(9999)).toBe('key 9999')
})

test('a key that is changed later stays what it was', () => {
  const index = new KeyIndex()
  const list = [1, { a: 2 }]
  const id = index.idOf(list)
  list.push(3)
  expect(index.keyOf(id)).toEqual([1, { a: 2 }])
  expect(index.idOf([1, { a: 2 }])).toBe(id)
})

test('what is no record is no key', () => {
  expect(() => new KeyIndex().idOf(() => 1)).toThrow(RecordError)
  expect(() => new KeyIndex().idOf([Symbol('no')])).toThrow(RecordError)
})

test('plain keys are those that have no other form', () => {
  for (const plain of ['', 'a', 0, 1, Number.NaN, 1n, 0n, true, null, undefined]) expect(isPlainKey(plain)).toBe(true)
  for (const other of [-0, [], {}, new Date(0)]) expect(isPlainKey(other)).toBe(false)
})
