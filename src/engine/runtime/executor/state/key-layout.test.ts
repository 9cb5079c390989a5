import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slotOrderOfSpreads } from '#engine/record/slot-order.ts'
import { layoutOf, type Moves } from './key-layout.ts'

test('an order that is known to recur goes on as one that is made anew', () => {
  let known = 0
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer(), { minLength: 30, maxLength: 400, size: 'max' }),
      fc.boolean(),
      (keys, hasNull) => {
        let layout = layoutOf(hasNull ? [null, ...keys] : keys)
        let plain = layout.spreads
        const rounds = new Set<Moves>()
        for (let batch = 0; batch < 30; batch++) {
          const order = slotOrderOfSpreads(plain, layout.nullPlace)
          const { moves, layout: next } = layout.unchanged()
          const places = Int32Array.from(plain.keys())
          moves.at.forEach((at, n) => {
            places[at] = moves.from[n] ?? -1
          })
          expect(places.join()).toBe(order.join())
          plain = Int32Array.from(order, (place) => plain[place] ?? 0)
          expect(next.spreads.join()).toBe(plain.join())
          expect(next.nullPlace).toBe(layout.nullPlace)
          if (rounds.has(moves)) known += 1
          rounds.add(moves)
          layout = next
        }
      },
    ),
    { numRuns: 60 },
  )
  expect(known).toBeGreaterThan(0)
})
