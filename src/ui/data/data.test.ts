import { describe, expect, it } from 'vitest'
import { explainAbsence } from './explain-absence.ts'
import { listRecords, printPartitions } from './list-records.ts'
import { topPairs } from './top-pairs.ts'

describe('listRecords', () => {
  it('places records by partition, empty ones included', () =>
    expect(listRecords({ partitions: [2, 0, 3], sample: ['a', 'b', 'c'] })).toEqual([
      { partition: 0, index: 0, value: 'a' },
      { partition: 0, index: 1, value: 'b' },
      { partition: 2, index: 0, value: 'c' },
    ]))
  it('reads tagged values and shows a bad tag as it came', () =>
    expect(
      listRecords({ partitions: [2], sample: [{ $: 'bigint', v: '12' }, { $: 'nonsense' }] }).map((r) => r.value),
    ).toEqual([12n, { $: 'nonsense' }]))
})

it('prints partitions as a sum', () => {
  expect(printPartitions([3, 2], String)).toBe('3 + 2')
  expect(printPartitions(new Array(14).fill(0), String)).toBe(`${new Array(12).fill(0).join(' + ')} + … (14)`)
})

describe('topPairs', () => {
  it('puts the greatest first and keeps the order of equals', () =>
    expect(
      topPairs(
        [
          ['a', 1],
          ['b', 4],
          ['c', 4],
        ],
        2,
      ),
    ).toEqual([
      { key: 'b', value: 4 },
      { key: 'c', value: 4 },
    ]))
  it.each([
    [[['a', 1]]],
    [
      [
        ['a', 1],
        ['b', '2'],
      ],
    ],
    [
      [
        ['a', 1],
        [2, 2],
      ],
    ],
    [
      [
        ['a', 1],
        ['b', Number.NaN],
      ],
    ],
    [['a', 'b']],
  ])('leaves %j to the table', (values) => expect(topPairs(values)).toBeUndefined())
})

describe('explainAbsence', () => {
  const facts = { timeMs: 5000, zeroMs: 0, slideMs: 1000, live: true, off: false, inRun: true, failed: false }
  it.each([
    [{ inRun: false }, 'notInRun'],
    [{ off: true, live: false }, 'off'],
    [{ live: false }, 'notLive'],
    [{ slideMs: 2000 }, 'betweenSlides'],
    [{ slideMs: 2000, zeroMs: 1000 }, 'none'],
    [{ failed: true }, 'failed'],
  ] as const)('%o: %s', (over, reason) => expect(explainAbsence({ ...facts, ...over })).toBe(reason))
})
