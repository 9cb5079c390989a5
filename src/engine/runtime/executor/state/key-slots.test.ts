import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyForm } from '#engine/record/key-form.ts'
import { KeySlots } from './key-slots.ts'
import { SlotSet } from './slot-set.ts'

// 'Aa' and 'BB' have one hash code, and so have all texts of as many of them.
const twins = fc.array(fc.constantFrom('Aa', 'BB'), { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''))
const key = fc.oneof(
  twins,
  fc.string(),
  fc.integer(),
  fc.constantFrom<unknown>(0, -0, 0.5, Number.NaN, 2 ** 40, null, undefined, true, 1n, '\0', '\0"1:a', 1, '1'),
  fc.date({ noInvalidDate: false }),
  fc.array(fc.constantFrom(1, 'a'), { maxLength: 2 }),
  fc.record({ a: fc.nat(2) }),
)

test('keys are found as a Map of their forms finds them, also where one comes to stand elsewhere', () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 200 }), (keys) => {
      const listed = { keys: [] as unknown[] }
      const slots = new KeySlots(listed)
      const model = new Map<unknown, number>()
      keys.forEach((each, n) => {
        expect(slots.find(each)).toBe(model.get(keyForm(each)) ?? -1)
        if (model.has(keyForm(each)) && n % 3 > 0) return
        slots.set(each, listed.keys.push(each) - 1)
        model.set(keyForm(each), listed.keys.length - 1)
      })
      for (const each of keys) expect(slots.find(each)).toBe(model.get(keyForm(each)))
    }),
  )
})

test('a set of slots has what was added', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000)), (added) => {
      const set = new SlotSet()
      for (const slot of added) set.add(slot)
      for (let slot = 0; slot <= 3000; slot += 1) if (set.has(slot) !== added.includes(slot)) throw new Error(`${slot}`)
    }),
    { numRuns: 20 },
  )
})
