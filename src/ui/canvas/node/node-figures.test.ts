import { describe, expect, test } from 'vitest'
import { findOperator } from '#engine/registry.ts'
import { edgeWidth } from '#ui/canvas/edge/edge-weight.ts'
import { EMPTY_RUN } from '#ui/state/run-store.ts'
import { findShownCount, findShownFailure, printCount } from './live-count.ts'
import { shortSource, summarize } from './node-summary.ts'

describe('summarize', () => {
  const summary = (op: string, params: Parameters<typeof summarize>[1]) => {
    const operator = findOperator(op)
    if (operator === undefined) throw new Error(`no operator ${op}`)
    return summarize(operator, params).map((part) => part.text)
  }

  test('says durations first, then the function', () => {
    const params = { reduce: '(a, b) => a + b', windowMs: 30_000, slideMs: 10_000 }
    expect(summary('reduceByKeyAndWindow', params)).toEqual(['window 30 s / slide 10 s', '(a, b) => a + b'])
  })

  test('leaves out what is as it always is', () => {
    expect(summary('print', { num: 10 })).toEqual([])
    expect(summary('print', { num: 3 })).toHaveLength(1)
  })

  test('survives parameters of the wrong kind', () => {
    expect(summary('map', { fn: 7 })).toEqual([])
    expect(summary('window', { windowMs: 'long' })).toEqual([])
  })

  test('puts a long function on one line', () => {
    const short = shortSource(`x => {\n  return ${'x + '.repeat(40)}1\n}`)
    expect(short).not.toContain('\n')
    expect(short.length).toBeLessThanOrEqual(60)
    expect(short.endsWith('…')).toBe(true)
  })
})

describe('figures of the shown batch', () => {
  const batch = (timeMs: number, records: number) => ({
    timeMs,
    nodes: { a: { partitions: [records], records, sample: [] } },
    outputs: [],
    failures: [],
  })
  const run = { ...EMPTY_RUN, newest: batch(2000, 0), data: new Map([[1000, batch(1000, 7)]]) }

  test('tell no batch, no RDD and an empty RDD apart', () => {
    expect(findShownCount(EMPTY_RUN, 'live', 'a')).toBeUndefined()
    expect(findShownCount(run, 'live', 'b')).toBeNull()
    expect(findShownCount(run, 'live', 'constructor')).toBeNull()
    expect(findShownCount(run, 'live', 'a')).toBe(0)
    expect(findShownCount(run, 1000, 'a')).toBe(7)
    expect(findShownCount(run, 500, 'a')).toBeUndefined()
  })

  test('tell what a counter has come to', () => {
    const figures = { view: { kind: 'counter' }, combine: 'count', points: [], total: 12 } as const
    const output = { id: 0, node: 'seen', partitions: [], rows: [], lines: [], more: false, figures }
    const counted = {
      ...run,
      newest: {
        ...batch(2000, 3),
        outputs: [output, { ...output, id: 1, node: 'b', figures: { ...figures, total: 0 } }],
      },
    }
    expect(findShownCount(counted, 'live', 'seen')).toBe(12)
    expect(findShownCount(counted, 'live', 'b')).toBe(0)
    expect(findShownCount(counted, 'live', 'a')).toBe(3)
    expect(findShownCount(counted, 'live', 'other')).toBeNull()
  })

  test('find the failure of that batch only', () => {
    const failure = { timeMs: 1000, node: 'a', message: 'no' }
    const failed = { ...run, failures: [failure] }
    expect(findShownFailure(failed, 1000, 'a')).toBe(failure)
    expect(findShownFailure(failed, 'live', 'a')).toBeUndefined()
    expect(findShownFailure(failed, 1000, 'b')).toBeUndefined()
  })

  test('stay short', () => {
    const format = (value: number, options?: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat('en', options).format(value)
    expect([0, 96, 9999, 12_345, 4_560_000].map((count) => printCount(count, format))).toEqual([
      '0',
      '96',
      '9,999',
      '12.3K',
      '4.56M',
    ])
  })
})

test('edges grow in few steps and stop growing', () => {
  const widths = [undefined, 0, 1, 9, 10, 99, 1000, 1e6, 1e12].map(edgeWidth)
  expect(widths[0]).toBe(widths[1])
  expect(widths[2]).toBe(widths[3])
  expect(widths[4]).toBeGreaterThan(widths[3] ?? 0)
  expect(widths.at(-1)).toBe(widths.at(-2))
})
