import { expect, test } from 'vitest'
import type { OutputBatch } from '#engine/model/batch-data.ts'
import { hasLogs, layConsole } from './console-rows.ts'

const silent: OutputBatch = { id: 0, node: 'out', partitions: [], rows: [], lines: [], more: false }
const place = { node: 'evens', param: 'fn' }
const logged = { ...place, level: 'warn', text: 'two\nlines', line: 1, column: 2 } as const

test('one row a line, below the time of its batch, and what more there was', () => {
  const logs = { lines: [logged], more: [{ ...place, calls: 7 }] }
  const entries = [
    { timeMs: 2000, outputs: [silent, { ...silent, id: 1, logs }] },
    { timeMs: 1000, outputs: [silent] },
  ]
  expect(layConsole(entries)).toEqual([
    { kind: 'time', timeMs: 2000 },
    { kind: 'call', logged, text: 'two' },
    { kind: 'rest', logged, text: 'lines' },
    { kind: 'more', place: { ...place, calls: 7 } },
  ])
  expect([hasLogs(entries), hasLogs(entries.slice(1))]).toEqual([true, false])
})
