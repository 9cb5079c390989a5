import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findShown, isSame, lastShown, parseRecordNumber, recordNumber } from './record-number.ts'

const partitions = [3, 0, 4]

test.each([
  ['0', { partition: 0, index: 0 }],
  [' 3 ', { partition: 2, index: 0 }],
  ['6', { partition: 2, index: 3 }],
  ['2/1', { partition: 2, index: 1 }],
  ['2 / 3', { partition: 2, index: 3 }],
  ['7', 'beyond'],
  ['1/0', 'beyond'],
  ['9/0', 'beyond'],
  ['', 'unreadable'],
  ['-1', 'unreadable'],
  ['1.5', 'unreadable'],
  ['x', 'unreadable'],
])('%j is read as %j', (text, expected) => expect(parseRecordNumber(text, partitions)).toEqual(expected))

test('thousands may be written apart', () => {
  for (const text of ['1,234', '1 234', '1.234', '1’234'])
    expect(parseRecordNumber(text, [5_000])).toEqual({ partition: 0, index: 1_234 })
})

test('every number leads to a record and back', () =>
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 5 }), fc.nat({ max: 50 }), (counts, number) => {
      const asked = parseRecordNumber(String(number), counts)
      const total = counts.reduce((sum, count) => sum + count, 0)
      if (number >= total) expect(asked).toBe('beyond')
      else expect(typeof asked === 'string' ? asked : recordNumber(asked, counts)).toBe(number)
    }),
  ))

test('the nearest shown record at or behind is found, in the first ones or the picked ones', () => {
  const row = (partition: number, index: number) => ({ partition, index, value: index })
  // The first of the batch, then some that were picked, each in order.
  const rows = [row(0, 0), row(0, 1), row(0, 40), row(1, 2), row(1, 30)]
  const find = (partition: number, index: number) => findShown(rows, { partition, index })
  expect(find(0, 1)).toEqual(row(0, 1))
  expect(find(0, 2)).toEqual(row(0, 40))
  expect(find(0, 41)).toEqual(row(1, 2))
  expect(find(1, 31)).toBeUndefined()
  expect(lastShown(rows)).toEqual(row(1, 30))
  expect(lastShown([{ index: 0, value: 1 }])).toBeUndefined()
  expect([isSame(row(0, 1), row(0, 1)), isSame(row(0, 1), row(1, 1))]).toEqual([true, false])
})
