import { describe, expect, it } from 'vitest'
import { EMPTY_VIEW, isStale, viewLog, withoutFailed } from './output-log.ts'
import { layLog, layPrint } from './print-layout.ts'

describe('layPrint', () => {
  it('is Spark’s layout', () =>
    expect(layPrint(1000, { rows: [['a', 1], ['b', 2], 'plain'], more: true })).toEqual([
      '-------------------------------------------',
      'Time: 1000 ms',
      '-------------------------------------------',
      '(a,1)',
      '(b,2)',
      'plain',
      '...',
      '',
    ]))
  it('prints the heading of an empty batch too', () =>
    expect(layPrint(2000, { rows: [], more: false })).toEqual([
      '-------------------------------------------',
      'Time: 2000 ms',
      '-------------------------------------------',
      '',
    ]))
  it('prints tagged values and keeps one line a line', () =>
    expect(layPrint(0, { rows: [{ $: 'bigint', v: '7' }, 'a\nb', { $: 'bad' }], more: false }).slice(3)).toEqual([
      '7',
      'a',
      'b',
      '{"$":"bad"}',
      '',
    ]))
})

it('a silent foreachRDD leaves no trace', () => {
  expect(layLog(1000, [])).toEqual([])
  expect(layLog(1000, ['x', 'y\nz'])).toEqual(['Time: 1000 ms', 'x', 'y', 'z', ''])
})

describe('viewLog', () => {
  const entries = [1, 2, 3, 4].map((second) => ({ timeMs: second * 1000, outputs: [] }))
  const times = (view: object) => viewLog(entries, { ...EMPTY_VIEW, ...view }).entries.map((entry) => entry.timeMs)

  it('puts the newest first, or last when it follows', () => {
    expect(times({})).toEqual([4000, 3000, 2000, 1000])
    expect(times({ order: 'follow' })).toEqual([1000, 2000, 3000, 4000])
  })
  it('holds what comes after a pause', () => {
    expect(times({ pausedAtMs: 2000 })).toEqual([2000, 1000])
    expect(viewLog(entries, { ...EMPTY_VIEW, pausedAtMs: 2000 }).held).toBe(2)
  })
  it('hides what was cleared and counts it', () => {
    expect(times({ clearedToMs: 3000 })).toEqual([4000])
    expect(viewLog(entries, { ...EMPTY_VIEW, clearedToMs: 3000 })).toMatchObject({ hidden: 3, held: 0 })
  })
})

it('forgets pause and clearing of an earlier run', () => {
  expect(isStale({ ...EMPTY_VIEW, clearedToMs: 9000 }, 1000)).toBe(true)
  expect(isStale({ ...EMPTY_VIEW, clearedToMs: 9000 }, 9000)).toBe(false)
  expect(isStale({ ...EMPTY_VIEW, pausedAtMs: 9000 }, undefined)).toBe(true)
  expect(isStale(EMPTY_VIEW, undefined)).toBe(false)
})

it('leaves out the heading of an output that failed, but not what its body had logged', () => {
  const output = (id: number, lines: readonly string[]) => ({
    id,
    node: `n${id}`,
    partitions: [],
    rows: [],
    lines,
    more: false,
  })
  const entries = [
    { timeMs: 1000, outputs: [output(0, []), output(1, ['so far']), output(2, [])] },
    { timeMs: 2000, outputs: [output(0, [])] },
  ]
  const operation = (id: number, failureReason?: string) => ({
    batchTimeMs: 1000,
    id,
    node: `n${id}`,
    name: 'print',
    ...(failureReason === undefined ? {} : { failureReason }),
  })
  const batch = {
    batchTimeMs: 1000,
    status: 'completed' as const,
    inputs: [],
    numRecords: 0,
    submissionMs: 0,
    outputs: [operation(0, 'x'), operation(1, 'y'), operation(2)],
    recovered: false,
  }
  expect(withoutFailed(entries, [batch]).map((entry) => entry.outputs.map((each) => each.id))).toEqual([[1, 2], [0]])
})
