import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeLook } from '#engine/runtime/driver/scheduling/merge-look.ts'
import { pickRank, pickSeed } from '#engine/runtime/pick-rank.ts'
import { RecordPicks, RecordTaker } from './record-taker.ts'

/** What executors tell of partitions whose records are `partition/index`. */
function report(sizes: readonly number[], most: number, timeMs: number) {
  return sizes.map((records, partition) => {
    const taker = new RecordTaker(most, new RecordPicks(2 * most, timeMs, partition))
    for (let index = 0; index < records; index++) taker.take(`${partition}/${index}`)
    return { partition, records, sample: taker.first.map(String), picked: taker.picks?.report(String) ?? [] }
  })
}

test('a look is the first records, and of all the others those of the lowest ranks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 6 }),
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      (sizes, most, timeMs) => {
        const all = sizes.flatMap((size, partition) =>
          Array.from({ length: size }, (_, index) => ({ partition, index, record: `${partition}/${index}` })),
        )
        const rankOf = (of: { readonly partition: number; readonly index: number }): number =>
          pickRank(pickSeed(timeMs, of.partition), of.index)
        const others = all.slice(most).sort((a, b) => rankOf(a) - rankOf(b) || a.partition - b.partition)
        const picked = others.slice(0, most).sort((a, b) => a.partition - b.partition || a.index - b.index)
        const look = mergeLook(timeMs, report(sizes, most, timeMs), most)
        expect(look).toEqual({ first: all.slice(0, most).map(({ record }) => record), picked })
      },
    ),
  )
})

test('picks are spread evenly over the records', () => {
  const { picked } = mergeLook(1500, report([50_000, 150_000], 1000, 1500), 1000)
  expect(picked).toHaveLength(1000)
  const tenths = new Array(10).fill(0)
  for (const { partition, index } of picked) tenths[Math.floor((partition * 50_000 + index) / 20_000)] += 1
  // Binomial, 1000 and 1/10: five standard deviations are 47.
  for (const count of tenths) expect(Math.abs(count - 100)).toBeLessThan(47)
})

test('of a node that nobody looks at no more is wanted than the first', () => {
  const taker = new RecordTaker(2)
  for (const record of [1, 2, 3]) taker.take(record)
  expect([taker.wanted, taker.first, taker.picks]).toEqual([2, [1, 2], undefined])
})
