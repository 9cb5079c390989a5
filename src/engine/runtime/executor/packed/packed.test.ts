import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { packedNodes } from '#engine/compile/packed/packed-nodes.ts'
import { someText } from '#engine/runtime/executor/packed/testing/some-text.ts'
import { runTexts, textDocument } from '#engine/runtime/executor/packed/testing/text-run.ts'
import type { NodeText } from '#engine/runtime/testing/document.ts'
import { PackedBlocks } from './packed-block.ts'
import { PackedLoops } from './packed-loops.ts'

afterEach(() => vi.restoreAllMocks())

// The same pipelines over the same texts, on bytes and record by record: every count, sample, record and failure is the same.

const RUNS = Number(process.env.SLUICE_PACKED ?? 30)
const seed = Number(process.env.SLUICE_SEED ?? 1)

interface ChainText {
  readonly nodes: Readonly<Record<string, NodeText>>
  readonly end: string
}

const splits = fc.constantFrom(
  "split(' ')",
  "split(',')",
  "split(', ')",
  "split('::')",
  'split(/\\s+/)',
  'split(/\\W+/)',
  'split(/[,; ]/)',
  'split(/[^a-z]+/)',
  "split('a')",
  "split('\\t')",
)
const lineTest = fc.constantFrom(
  "line.includes('ERROR')",
  "line.startsWith('a')",
  "line.endsWith('o')",
  'line.length > 3',
  "line !== ''",
  "!line.includes('B')",
  "line.toLowerCase().includes('error')",
  "(line.includes('a') && !line.startsWith('B') || line.length === 0)",
  "line == 'a'",
  "line.includes('')",
  "line.trim() !== ''",
  "line.trim().startsWith('a')",
)
const wordTest = fc.constantFrom(
  'w.length > 0',
  "w !== ''",
  'w',
  '!w',
  "w.startsWith('a')",
  "w.endsWith('or')",
  "w.includes('r') || w.length <= 1",
  "w.toLowerCase() === 'error'",
  '2 < w.length',
  "!(w == 'a')",
  'w.trim()',
  "w.trim().includes('b') || 1 + w.length * 2 > 12",
)
const reduction = fc.constantFrom(
  '(a, b) => a + b',
  '(x, y) => { return y + x }',
  'function (a, b) { return Math.max(a, b) }',
  '(a, b) => Math.min(b, a)',
  '(a, b) => a > b ? a : b',
  '(a, b) => (a <= b ? a : b)',
)
const value = fc.constantFrom(
  '1',
  '-0',
  '2.5',
  'w.length',
  'w.trim().length',
  'w.length * 2.5 - 3',
  '+w',
  '2 / w.length',
  'w % 3',
)

/** What takes sums by key, in one batch or several. */
const taking = fc.constantFrom<NodeText>(
  ['map', { fn: '([key, sum]) => [sum, key]' }, 'sums'],
  ['filter', { fn: '([, sum]) => sum > 1' }, 'sums'],
  ['reduceByKey', { reduce: '(a, b) => a - b', numPartitions: 3 }, 'sums'],
  ['reduceByKeyAndWindow', { reduce: '(a, b) => a + b', windowMs: 2000 }, 'sums'],
  ['reduceByKeyAndWindow', { reduce: '(a, b) => a + b', windowMs: 3000 }, 'pairs'],
  ['groupByKey', {}, 'sums'],
)

const words = fc
  .record({
    filter: fc.option(lineTest),
    split: splits,
    lower: fc.constantFrom('', '', '.toLowerCase()', '.trim()', '.toLowerCase().trim()'),
    keep: fc.option(wordTest),
    value,
    inner: fc.constantFrom(
      '',
      '.filter(Boolean)',
      '.filter((w) => w.length > 1)',
      '.map(w => w.toLowerCase())',
      '.map((w) => w.trim())',
    ),
    end: fc.constantFrom('reduce', 'reduce', 'count', 'countByValue', 'pairs'),
    taker: fc.option(taking),
    reduction,
  })
  .map(({ filter, split, lower, keep, value: number, inner, end, taker, reduction: fn }): ChainText => {
    const nodes: Record<string, NodeText> = {}
    let last = 'lines'
    const add = (id: string, op: string, params: object): void => {
      nodes[id] = [op, params, last]
      last = id
    }
    if (filter !== null) add('some', 'filter', { fn: `line => ${filter}` })
    add('words', 'flatMap', { fn: `(line) => { const parts = line${lower}.${split}${inner}; return parts }` })
    if (keep !== null) add('kept', 'filter', { fn: `w => ${keep}` })
    if (end === 'reduce' || end === 'pairs') add('pairs', 'map', { fn: `function (w) { return [w, ${number}] }` })
    if (end === 'reduce') add('sums', 'reduceByKey', { reduce: fn })
    if (end === 'reduce' && taker !== null) {
      nodes.taker = taker
      last = 'taker'
    }
    if (end === 'count') add('count', 'count', {})
    if (end === 'countByValue') add('counts', 'countByValue', {})
    return { nodes, end: last }
  })

const found = fc
  .record({
    test: fc.oneof(fc.constantFrom("line.includes('ERROR')", "line.includes('a') && !line.includes('B')"), lineTest),
    more: fc.option(lineTest),
    end: fc.constantFrom('lines', 'count', 'ones', 'sum'),
  })
  .map(({ test: first, more, end }): ChainText => {
    const nodes: Record<string, NodeText> = { found: ['filter', { fn: `(line) => (${first})` }, 'lines'] }
    let last = 'found'
    const add = (id: string, op: string, params: object): void => {
      nodes[id] = [op, params, last]
      last = id
    }
    if (more !== null) add('more', 'filter', { fn: `line => ${more}` })
    if (end === 'count') add('count', 'count', {})
    if (end === 'ones') add('ones', 'map', { fn: "line => ['found', 1]" })
    if (end === 'sum') {
      add('ones', 'map', { fn: "line => ['found', line.length]" })
      add('sums', 'reduceByKey', { reduce: '(a, b) => a + b' })
    }
    return { nodes, end: last }
  })

const fields = fc
  .record({
    trim: fc.constantFrom('', '', '.trim()'),
    split: splits,
    pick: fc.constantFrom(
      '[f[0], Number(f[1])]',
      '[f[1], +f[0]]',
      '[f[0].toLowerCase(), parseFloat(f[2])]',
      '[Number(f[0]), 1]',
      '[f[0], parseInt(f[1], 10)]',
      "['all', parseInt(f[2])]",
      '[f[1], f.length]',
      '[f[0], f[1].length]',
      '[f[0].trim(), +f[1] * +f[2]]',
      '[f[0], f[1] - f[0]]',
      '[f[1].trim().toLowerCase(), (Number(f[0]) + 1) / f[2]]',
    ),
    keep: fc.option(fc.constantFrom('f.length > 2', "f[0] === 'a'", "f[1] !== 'ERROR' && f[0].length > 0", 'f[1]')),
    end: fc.constantFrom('sums', 'pairs', 'field'),
    reduction,
  })
  .map(({ trim, split, pick, keep, end, reduction: fn }): ChainText => {
    const nodes: Record<string, NodeText> = { fields: ['map', { fn: `line => line${trim}.${split}` }, 'lines'] }
    let last = 'fields'
    const add = (id: string, op: string, params: object): void => {
      nodes[id] = [op, params, last]
      last = id
    }
    if (keep !== null) add('kept', 'filter', { fn: `f => ${keep}` })
    if (end === 'field') add('field', 'map', { fn: '([, b]) => b' })
    else add('pairs', 'map', { fn: `f => ${pick}` })
    if (end === 'sums') add('sums', 'reduceByKey', { reduce: fn })
    return { nodes, end: last }
  })

const objects = fc
  .record({
    keep: fc.option(
      fc.constantFrom(
        "e => e.level === 'ERROR'",
        '({ ms }) => ms > 100',
        'e => e.user',
        "({ ms: n, level }) => n >= 5 && !level.startsWith('i')",
      ),
    ),
    pick: fc.constantFrom(
      'e => [e.user, e.ms]',
      '({ user, ms }) => [user, ms]',
      "e => [e['level'], 1]",
      'e => { const { ms } = e; return [e.user, +ms] }',
      "({ ms }) => ['all', ms]",
      'e => [e.level.trim(), e.ms * 2 + e.ms]',
    ),
    end: fc.constantFrom('sums', 'pairs', 'user'),
    reduction,
  })
  .map(({ keep, pick, end, reduction: fn }): ChainText => {
    const nodes: Record<string, NodeText> = { objects: ['map', { fn: 'line => JSON.parse(line)' }, 'lines'] }
    let last = 'objects'
    const add = (id: string, op: string, params: object): void => {
      nodes[id] = [op, params, last]
      last = id
    }
    if (keep !== null) add('kept', 'filter', { fn: keep })
    if (end === 'user') add('user', 'map', { fn: 'e => e.user' })
    else add('pairs', 'map', { fn: pick })
    if (end === 'sums') add('sums', 'reduceByKey', { reduce: fn })
    return { nodes, end: last }
  })

describe.each([
  ['words', words],
  ['found lines', found],
  ['fields', fields],
  ['objects', objects],
])('%s', (_name, chains) => {
  test(`are the same on bytes and as records (${RUNS} runs, seed ${seed})`, { timeout: 120_000 }, async () => {
    let packed = 0
    const run = vi.spyOn(PackedLoops.prototype, 'run')
    await fc.assert(
      fc.asyncProperty(
        chains,
        fc.array(fc.array(someText, { maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        fc.constantFrom(1, 2),
        fc.boolean(),
        async ({ nodes, end }, batches, encodes, executors, sendsBytes) => {
          const all = { ...nodes, out: ['print', { num: 3 }, end] as const }
          const options = { collect: [end], encodes, executors, sendsBytes }
          const on = { ...options, packed: true }
          const known = packedNodes(textDocument(all, on))
          if ((known.get(end) ?? known.get('sums'))?.kind === 'packed') packed += 1
          expect(await runTexts(all, batches, on)).toEqual(await runTexts(all, batches, { ...options, packed: false }))
        },
      ),
      { numRuns: RUNS, seed },
    )
    const blocks = run.mock.results.filter((result) => result.value !== undefined).length
    // Much of what is made up here is built-in work, and runs as such.
    expect(packed).toBeGreaterThan(RUNS / 8)
    expect(blocks).toBeGreaterThan(RUNS / 8)
  })
})

test('blocks of which only sums are wanted come as bytes, and as text where they are not ASCII or all lines are looked at', async () => {
  const opened = vi.spyOn(PackedBlocks.prototype, 'openBytes')
  const nodes: Record<string, NodeText> = {
    words: ['flatMap', { fn: "line => line.split(' ')" }, 'lines'],
    pairs: ['map', { fn: 'w => [w, 1]' }, 'words'],
    sums: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'pairs'],
    out: ['print', { num: 3 }, 'sums'],
  }
  const batches = [
    ['to be or\nnot to be', 'that is\n'],
    ['so \u00e4 it is', ''],
  ]
  const options = { collect: ['sums'], packed: true }
  const asText = await runTexts(nodes, batches, options)
  expect(opened).not.toHaveBeenCalled()
  expect(await runTexts(nodes, batches, { ...options, sendsBytes: true })).toEqual(asText)
  expect(opened.mock.calls.length).toBe(2)
  const counted: Record<string, NodeText> = { ...nodes, all: ['count', {}, 'lines'], told: ['print', {}, 'all'] }
  await runTexts(counted, batches, { ...options, sendsBytes: true })
  expect(opened.mock.calls.length).toBe(2)
})
