import fc from 'fast-check'
import { expect, test } from 'vitest'
import { murmur3OfInt } from '#engine/record/murmur3.ts'
import { slotOrderOfSpreads } from '#engine/record/slot-order.ts'
import { slotOrderOfIds } from './slot-order-of-ids.ts'

// Ids in some order against the same keys by place.
function expected(ids: Int32Array, spreads: Int32Array, nullId: number): Int32Array {
  const own = ids.map((id) => spreads[id] ?? 0)
  return slotOrderOfSpreads(own, nullId < 0 ? -1 : ids.indexOf(nullId)).map((place) => ids[place] ?? -1)
}

const spread = fc.oneof(
  fc.integer().map(murmur3OfInt),
  // Many of one slot, and at the end of a table.
  fc.constantFrom(-1, -2, 0, 1, 63, 64, 127),
)

test('ids come as their keys do', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(spread, fc.nat()), { maxLength: 800 }),
      fc.option(fc.nat({ max: 800 })),
      (keys, nullAt) => {
        const spreads = Int32Array.from(keys, ([each]) => each)
        const order = keys.map(([, rank], id) => ({ id, rank })).sort((a, b) => a.rank - b.rank)
        const ids = Int32Array.from(order.slice(0, keys.length - (keys.length >> 3)), ({ id }) => id)
        const nullId = nullAt ?? -1
        expect(slotOrderOfIds(ids, spreads, nullId)).toEqual(expected(ids, spreads, nullId))
      },
    ),
  )
})

test('large tables, one after another', () => {
  for (const count of [100_000, 5, 91_751, 91_750, 45, 46, 200_000]) {
    const spreads = Int32Array.from({ length: count }, (_, id) => murmur3OfInt(7919 * id))
    const ids = Int32Array.from({ length: count }, (_, place) => (place * 48_271) % count)
    const whole = expected(ids, spreads, 3)
    expect(slotOrderOfIds(ids, spreads, 3).every((id, place) => id === whole[place])).toBe(true)
  }
})
