import { describe, expect, it } from 'vitest'
import type { BatchFailure } from '#engine/model/batch-data.ts'
import { printBytes } from '#ui/print/bytes.ts'
import { foldFailures } from './fold-failures.ts'
import { sortDiagnostics } from './sort-diagnostics.ts'

const failure = (timeMs: number, over: Partial<BatchFailure> = {}): BatchFailure => ({
  timeMs,
  node: 'words',
  param: 'fn',
  message: 'line.split is not a function',
  line: 1,
  column: 14,
  ...over,
})

describe('foldFailures', () => {
  it('counts repeats, keeps the newest record and the first time', () => {
    const folded = foldFailures([failure(1000, { record: '1' }), failure(2000, { record: '2' })])
    expect(folded).toMatchObject([{ count: 2, firstMs: 1000, failure: { timeMs: 2000, record: '2' } }])
  })
  it('keeps different places apart, the last to happen first', () => {
    const folded = foldFailures([failure(1000), failure(2000, { column: 20 }), failure(3000)])
    expect(folded.map((each) => [each.failure.column, each.count])).toEqual([
      [14, 2],
      [20, 1],
    ])
  })
})

it('sorts errors before warnings and says nothing twice', () => {
  const base = { code: 'a/b', message: 'm' }
  const sorted = sortDiagnostics([
    { ...base, severity: 'info' },
    { ...base, severity: 'warning', node: 'x' },
    { ...base, severity: 'error', node: 'y' },
    { ...base, severity: 'error', node: 'y' },
  ])
  expect(sorted.map((each) => each.severity)).toEqual(['error', 'warning', 'info'])
})

it.each([
  [0, '0 B'],
  [1023, '1,023 B'],
  [1536, '1.5 KiB'],
  [5 * 1024 * 1024, '5 MiB'],
])('%d bytes read %s', (bytes, text) => expect(printBytes(bytes, (value) => value.toLocaleString('en'))).toBe(text))
