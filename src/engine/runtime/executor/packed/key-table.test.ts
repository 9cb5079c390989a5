import { afterEach, expect, test, vi } from 'vitest'
import { runTexts } from '#engine/runtime/executor/packed/testing/text-run.ts'
import { KeyTable } from './key-table.ts'
import { PackedLoops } from './packed-loops.ts'

afterEach(() => vi.restoreAllMocks())

test('a table grows with its keys, between lines and where one line has too many, and begins anew', {
  timeout: 60_000,
}, async () => {
  const nodes = {
    words: ['flatMap', { fn: "line => line.split(' ')" }, 'lines'],
    counts: ['countByValue', {}, 'words'],
    out: ['print', { num: 3 }, 'counts'],
  } as const
  const run = vi.spyOn(PackedLoops.prototype, 'run')
  const wordsFrom = (first: number, count: number) =>
    Array.from({ length: count }, (_, index) => `word-${first + index}`)
  const lines = (first: number, count: number) =>
    wordsFrom(first, count).map((each, index) => `${each} word-${index % 7}`)
  const batches = [
    [lines(0, 3_000).join('\n')],
    [wordsFrom(0, 9_000).join(' ')],
    [lines(1_000, 3_000).join('\n'), lines(0, 9_000).join('\n')],
    [lines(100_000, 30_000).join('\n')],
    [lines(0, 100).join('\n')],
  ]
  const on = await runTexts(nodes, batches, { packed: true, collect: ['counts'] })
  expect(run.mock.results.map((result) => result.value !== undefined)).toEqual([true, false, true, true, true, true])
  expect(on).toEqual(await runTexts(nodes, batches, { packed: false, collect: ['counts'] }))
})

test.each(['', 'ä'])('keys of all sizes stay apart, zeros at their end and blanks beside them %s', async (other) => {
  const nodes = {
    words: ['flatMap', { fn: 'line => line.split(/[ ,]/)' }, 'lines'],
    pairs: ['map', { fn: 'w => [w, w.length]' }, 'words'],
    sums: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'pairs'],
    out: ['print', { num: 3 }, 'sums'],
  } as const
  const words = Array.from({ length: 40 }, (_, size) => {
    const word = 'abcdefghij'.repeat(4).slice(0, size)
    return [
      word,
      `${word}\0`,
      `${word}\0\0\0\0`,
      `${word}\t`,
      `\t${word}\r`,
      `A${word.slice(1)}`,
      `${word.slice(0, -1)}Z`,
    ]
  }).flat()
  const text = [...words, other, ...[...words].reverse()].map((word, at) => `${word}${' ,\n'.charAt(at % 3)}`).join('')
  const run = vi.spyOn(PackedLoops.prototype, 'run')
  const batches = [[text], [text, text]]
  const on = await runTexts(nodes, batches, { packed: true, collect: ['sums'] })
  expect(run.mock.results.map((result) => result.value !== undefined)).toEqual([true, true, true])
  expect(on).toEqual(await runTexts(nodes, batches, { packed: false, collect: ['sums'] }))
})

test('of too many keys those of the last blocks stay', () => {
  const table = new KeyTable(660)
  const meet = (words: readonly string[]): unknown[] => {
    const now = table.begin()
    return words.map((word) => {
      const text = new DataView(new ArrayBuffer(64))
      for (let at = 0; at < word.length; at++) text.setUint8(at, word.charCodeAt(at))
      // Short keys are looked for by printed loops: here all are long.
      const slot = table.findLong(14, text, 0, word.length)
      const found = ((table.slots[slot + 3] ?? 0) >>> 5) - 1
      const id = found < 0 ? table.add(slot, 14, text, 0, word.length, word) : found
      table.seen[id] = now
      return table.keys.keyOf(id)
    })
  }
  const words = (first: number, count: number) =>
    Array.from({ length: count }, (_, at) => `averylongword-number-${first + at}`)
  const old = table.keys
  for (let block = 0; block < 33; block++) expect(meet(words(block * 20, 25))).toEqual(words(block * 20, 25))
  expect(old.capacity).toBe(665)
  expect(meet([])).toEqual([])
  // Of the last sixteen blocks.
  expect(table.keys.list).toEqual(words(340, 325))
  expect(meet(words(340, 325))).toEqual(words(340, 325))
  expect(table.keys.capacity).toBe(325)
  expect(old.keyOf(3)).toBe('averylongword-number-3')
  // More than stay.
  expect(meet(words(5000, 500))).toEqual(words(5000, 500))
  meet([])
  expect(table.keys.capacity).toBe(0)
})
