import { expect, test } from 'vitest'
import { printLogs } from './print-logs.ts'

test('a line for each call: when, where, what; then how many more there were', () => {
  const place = { node: 'evens', param: 'fn' }
  const lines = printLogs(2000, {
    lines: [
      { ...place, level: 'info', text: 'got 2', line: 1, column: 8 },
      { ...place, level: 'warn', text: 'two\nlines', line: 3, column: 1 },
      { node: 'evens', level: 'error', text: '\u001b[31mred', line: 7, column: 2 },
      { level: 'debug', text: '' },
    ],
    more: [{ ...place, calls: 3412 }, { calls: 1 }],
  })
  expect(lines).toEqual([
    '2000 ms evens.fn:1: got 2',
    '2000 ms evens.fn:3 warn: two\nlines',
    '2000 ms evens in shared code:7 error: \\u001b[31mred',
    '2000 ms shared code debug: ',
    '2000 ms evens.fn: … and 3,412 more',
    '2000 ms shared code: … and 1 more',
  ])
})
