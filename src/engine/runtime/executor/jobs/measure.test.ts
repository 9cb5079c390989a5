import { describe, expect, test } from 'vitest'
import type { MeasureAction } from '#engine/operator/stream-spec.ts'
import { mergeMeasures } from '#engine/runtime/driver/outputs/merge-measures.ts'
import { measure } from './measure.ts'
import { JobFailure } from './step-failure.ts'

const view = { kind: 'chart', form: 'lines', top: 5 } as const
const fn = { name: 'n.fn', node: 'n', param: 'fn', source: '' }

/** What executors with these partitions measure, put together: the number of executors must not matter. */
function figuresOf(
  partitions: readonly (readonly unknown[])[],
  action: Partial<MeasureAction> = {},
  call = (x: unknown) => x,
) {
  const whole: MeasureAction = { kind: 'measure', series: 'keys', combine: 'sum', view, ...action }
  const plan = {
    fn: () => call,
    failure: (thrown: unknown) =>
      thrown instanceof JobFailure ? thrown : new JobFailure({ node: 'n', param: 'fn', message: String(thrown) }),
  }
  const all = partitions.map((records, partition) => measure(new Map([[partition, records]]), whole, 'n', plan))
  const together = mergeMeasures(whole, [{ measures: all.flat() }])
  expect(
    mergeMeasures(
      whole,
      all.reverse().map((measures) => ({ measures })),
    ),
  ).toEqual(together)
  return together
}

const valuesOf = (figures: ReturnType<typeof figuresOf>) =>
  Object.fromEntries(figures.points.map(({ series, value }) => [series, value]))

function failureOf(run: () => unknown) {
  try {
    run()
  } catch (thrown) {
    return thrown instanceof JobFailure ? thrown.report : thrown
  }
  return undefined
}

describe('the numbers of a batch', () => {
  test('of pairs are a series per key, greatest first', () => {
    const { points } = figuresOf([
      [
        ['a', 1],
        ['b', 5],
      ],
      [['a', 2]],
    ])
    expect(points).toEqual([
      { series: '"b"', value: 5, records: 1 },
      { series: '"a"', value: 3, records: 2 },
    ])
  })

  test('that stand alone are one series without a name', () => {
    expect(valuesOf(figuresOf([[1, 2n], [3]]))).toEqual({ '': 6 })
  })

  test.each([
    ['sum', 6],
    ['count', 3],
    ['average', 2],
    ['least', 1],
    ['greatest', 3],
  ] as const)('become one by %s', (combine, value) => {
    expect(
      valuesOf(
        figuresOf(
          [
            [
              ['k', 1],
              ['k', 3],
            ],
            [['k', 2]],
          ],
          { combine },
        ),
      ),
    ).toEqual({ '"k"': value })
  })

  test('are taken from the fields of objects and of the values of pairs', () => {
    const fields = { keyField: 'city', valueField: 'n' }
    expect(valuesOf(figuresOf([[{ city: 'x', n: 1 }, ['any', { city: 'y', n: 2 }]]], fields))).toEqual({
      '"x"': 1,
      '"y"': 2,
    })
  })

  test('or from a function', () => {
    const action = { series: 'one', fn } as const
    expect(valuesOf(figuresOf([['ab', 'c']], action, (text) => String(text).length))).toEqual({ '': 3 })
  })

  test('have keys that compare by content', () => {
    const keys = [
      [[1, 'a'], 1],
      [[1, 'a'], 2],
      [{ p: 1, q: 2 }, 1],
      [{ q: 2, p: 1 }, 1],
      ['1', 1],
      [1, 1],
    ]
    expect(valuesOf(figuresOf([keys]))).toEqual({ '[1,"a"]': 3, '{"p":1,"q":2}': 2, '"1"': 1, '1': 1 })
  })

  test('of an empty batch are 0 for a counter, and nothing for a chart', () => {
    expect(valuesOf(figuresOf([[], []], { series: 'one', combine: 'count' }))).toEqual({ '': 0 })
    expect(figuresOf([[], []]).points).toEqual([])
  })

  test('beyond fifty series are put together', () => {
    const many = Array.from({ length: 60 }, (_, i) => [`k${i}`, i + 1])
    const { points, others } = figuresOf([many.slice(0, 30), many.slice(30)])
    expect(points).toHaveLength(50)
    expect(points.at(-1)).toMatchObject({ value: 11 })
    expect(others).toEqual({ series: 10, value: 55, records: 10 })
    expect(figuresOf([many], { combine: 'average' }).others?.value).toBe(5.5)
  })

  test('beyond ten thousand series in a partition are put together there', () => {
    const { points, others } = figuresOf([Array.from({ length: 10_010 }, (_, i) => [i, 1])])
    expect(points).toHaveLength(50)
    expect(others).toMatchObject({ series: 9960, value: 9960, records: 9960 })
  })
})

describe('what is no number', () => {
  test.each([
    ['a text', 'x', '"x" is no finite number'],
    ['NaN in a pair', ['k', Number.NaN], 'NaN is no finite number'],
    ['null in a pair', ['k', null], 'null is no finite number'],
    ['an object', { n: 1 }, 'name the field that holds the number'],
  ])('fails the job with the record: %s', (_what, record, message) => {
    expect(failureOf(() => figuresOf([[record]]))).toMatchObject({
      node: 'n',
      message: expect.stringContaining(message),
    })
  })

  test('is named by its field', () => {
    const failure = failureOf(() => figuresOf([[{ m: 1 }]], { valueField: 'n' }))
    expect(failure).toMatchObject({ message: expect.stringContaining('The field "n" is undefined'), record: '{m: 1}' })
  })

  test('is named with the function that gave it, or that threw', () => {
    expect(failureOf(() => figuresOf([[1]], { fn }, () => 'x'))).toMatchObject({ param: 'fn', record: '1' })
    const thrower = () => {
      throw new Error('no')
    }
    expect(failureOf(() => figuresOf([[1]], { fn }, thrower))).toMatchObject({ param: 'fn', message: 'Error: no' })
  })

  test('may be a key that is no record, or a sum that is too large', () => {
    expect(failureOf(() => figuresOf([[[() => 1, 1]]]))).toMatchObject({ node: 'n' })
    expect(failureOf(() => figuresOf([[1e308, 1e308]]))).toMatchObject({
      message: expect.stringContaining('too large'),
    })
  })
})
