import { describe, expect, it } from 'vitest'
import type { BatchFigures } from '#engine/model/batch-figures.ts'
import { namedBatches, valueAxis } from './axis.ts'
import { barPaths, batchAt, batchX, linePath, stackedValues } from './plot.ts'
import { type FigureEntry, figuresOf, layChart, printSeries, type Series } from './series.ts'

const view = { kind: 'chart', form: 'lines', top: 2 } as const

function entry(
  timeMs: number,
  values: Readonly<Record<string, number>>,
  more: Partial<BatchFigures> = {},
): FigureEntry {
  const points = Object.entries(values).map(([key, value]) => ({ series: JSON.stringify(key), value, records: 2 }))
  return { timeMs, figures: { view, combine: 'sum', points, ...more } }
}

describe('layChart', () => {
  it('draws the greatest series of all batches apart and adds up the others', () => {
    const { series, times } = layChart([entry(1, { a: 5, b: 1, c: 2 }), entry(2, { b: 9, d: 1 })], 2)
    expect(times).toEqual([1, 2])
    expect(series).toEqual([
      { id: '"b"', slot: 1, values: [1, 9] },
      { id: '"a"', slot: 2, values: [5, 0] },
      { id: undefined, slot: 0, values: [2, 1] },
    ])
  })

  it('leaves a gap where there is no average, and weighs those of the others', () => {
    const average = { combine: 'average' } as const
    const others = { series: 3, value: 4, records: 6 }
    const { series } = layChart([entry(1, { a: 50, b: 8 }, { ...average, others }), entry(2, { b: 9 }, average)], 1)
    expect(series).toEqual([
      { id: '"a"', slot: 1, values: [50, undefined] },
      { id: undefined, slot: 0, values: [5, 9] },
    ])
  })

  it('keeps the colours of series whose rank changes', () => {
    const first = layChart([entry(1, { a: 5, b: 4 })], 2)
    const second = layChart([entry(2, { b: 5, c: 4, a: 1 })], 2, first.slots)
    expect(second.series.map(({ id, slot }) => [id, slot])).toEqual([
      ['"b"', 2],
      ['"c"', 1],
      [undefined, 0],
    ])
  })
})

it('takes the figures of one node, oldest first', () => {
  const output = { id: 0, partitions: [], rows: [], lines: [], more: false }
  const { figures } = entry(0, { a: 1 })
  const entries = [
    { timeMs: 2000, outputs: [{ ...output, node: 'x', figures }] },
    {
      timeMs: 1000,
      outputs: [
        { ...output, node: 'x', figures },
        { ...output, node: 'y' },
      ],
    },
  ]
  expect(figuresOf(entries, 'x').map(({ timeMs }) => timeMs)).toEqual([1000, 2000])
  expect(figuresOf(entries, 'y')).toEqual([])
})

it.each([
  ['"the"', 'the'],
  ['"1"', '"1"'],
  ['1', '1'],
  ['["a",{"$":"undefined"}]', '["a",undefined]'],
  ['', undefined],
  ['{', '{'],
])('prints the series %s', (series, text) => expect(printSeries(series)).toBe(text))

describe('valueAxis', () => {
  it.each([
    [[3, 17], 4, [0, 5, 10, 15, 20]],
    [[0.1, 0.3], 3, [0, 0.1, 0.2, 0.3]],
    [[-4, 7], 4, [-5, 0, 5, 10]],
    [[0, 0], 4, [0, 1]],
    [[], 4, [0, 1]],
    [[-3], 2, [-4, -2, 0]],
  ])('of %j with about %i ticks has %j', (values, most, ticks) => {
    const axis = valueAxis(values, most)
    expect(axis.ticks).toEqual(ticks)
    expect([axis.low, axis.high]).toEqual([ticks[0], ticks.at(-1)])
  })
})

it('names batches that are far enough apart, the last one always', () => {
  expect(namedBatches(10, 240, 80)).toEqual([1, 5, 9])
  expect(namedBatches(1, 10, 80)).toEqual([0])
  expect(namedBatches(0, 240, 80)).toEqual([])
})

describe('the plane', () => {
  const box = { left: 0, right: 100, top: 0, bottom: 100 }
  const times = [1000, 2000, 4000]

  it('sets batches at their times', () => {
    expect(times.map((_, place) => batchX(times, place, box))).toEqual([12.5, 37.5, 87.5])
    expect(batchX([1000], 0, box)).toBe(50)
    expect(batchAt(times, 50, box)).toBe(1)
    expect(batchAt([], 50, box)).toBeUndefined()
  })

  it('draws lines up to a gap, and dots where a point stands alone', () => {
    const axis = valueAxis([10], 2)
    expect(linePath([10, 5, undefined], times, axis, box)).toBe('M12.5 0h0L37.5 50')
    expect(linePath([10, undefined, 0], times, axis, box)).toBe('M12.5 0h0M87.5 100h0')
  })

  it('stands bars on each other, and hangs what is negative below 0', () => {
    const series: Series[] = [
      { id: 'a', slot: 1, values: [2, -1] },
      { id: 'b', slot: 2, values: [3, -4] },
      { id: 'c', slot: 3, values: [0, 5] },
    ]
    expect(stackedValues(series)).toEqual([5, 0, 5, -5])
    const axis = { low: -5, high: 5, ticks: [] }
    const paths = barPaths(series, [1000, 2000], axis, box)
    expect(paths[0]).toBe('M11 50V30h28V50ZM61 50V60h28V50Z')
    expect(paths[1]).toBe('M11 30V0h28V30ZM61 60V100h28V60Z')
    expect(paths[2]).toBe('M61 50V0h28V50Z')
  })
})
