import { describe, expect, test } from 'vitest'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { packedNodes } from './packed-nodes.ts'

/** Verdicts on the nodes behind `lines`. */
function verdicts(nodes: Readonly<Record<string, NodeText>>, settings: object = {}) {
  const all = { lines: ['manualStream'] as const, ...nodes }
  const parsed = parsePipeline(documentOf(all, { checkpoint: false, conf: {}, ...settings }))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return packedNodes(parsed.value)
}

/** Word count with these functions. */
function count(split: string, keep = 'w => w', pair = 'w => [w, 1]', add = '(a, b) => a + b', settings: object = {}) {
  return verdicts(
    {
      words: ['flatMap', { fn: split }, 'lines'],
      kept: ['filter', { fn: keep }, 'words'],
      pairs: ['map', { fn: pair }, 'kept'],
      counts: ['reduceByKey', { reduce: add }, 'pairs'],
      out: ['print', {}, 'counts'],
    },
    settings,
  )
}

const SPLIT = "line => line.split(' ')"
const PACKED = { kind: 'packed' }

test('every node of a word count runs on bytes, up to the shuffle', () => {
  expect([...count(SPLIT)]).toEqual(['words', 'kept', 'pairs', 'counts'].map((node) => [node, PACKED]))
})

describe('known forms', () => {
  test.each([
    ["function (l) { return l.split(', ') }"],
    ["(l) => { const low = l.toLowerCase(); return low.split(' ') }"],
    ["l => (l.split(' ')).filter(w => w.length > 2).map(w => w.toLowerCase())"],
    ["l => l.split(' ').filter(Boolean)"],
    ['l => l.split(/\\W+/)'],
    ['l => l.split(/[,; ]/)'],
    ['l => l.trim().split(/\\s+/)'],
    ["l => l.toLowerCase().trim().split(' ').map(w => w.trim())"],
  ])('%s', (split) => {
    expect(count(split).get('counts')).toEqual(PACKED)
  })
})

test.each([
  ['w => [w, w.length]', '(a, b) => Math.max(a, b)'],
  ['w => [w, +w]', '(a, b) => a < b ? a : b'],
  ['w => [w, (w.length - 1) * 2 / 3]', '(a, b) => a + b'],
  ['w => [w.trim(), w * 2 + w % 3]', '(a, b) => b + a'],
])('known forms: %s with %s', (pair, reduce) => {
  expect(count(SPLIT, 'w => w', pair, reduce).get('counts')).toEqual(PACKED)
})

describe('what only looks like a known form is not taken for one', () => {
  test.each([
    ["l => l.split('')", "l.split('')"],
    ["l => l.split(' ', 3)", "l.split(' ', 3)"],
    ["l => l.split('\\n')", "l.split('\\n')"],
    ['l => l.split(/ *,/)', 'l.split(/ *,/)'],
    ['l => l.split(/\\W+/g)', 'l.split(/\\W+/g)'],
    ['l => l.split(/[!-\\.]/)', 'l.split(/[!-\\.]/)'],
    ["l => l?.split(' ')", "l?.split(' ')"],
    ["l => l['spl' + 'it'](' ')", "l['spl' + 'it'](' ')"],
    ["l => l.toLocaleLowerCase().split(' ')", 'l.toLocaleLowerCase()'],
    ["(l = 'a') => l.split(' ')", "l = 'a'"],
    ["(...l) => l.split(' ')", '...l'],
    ["(l, i) => l.split(' ')", "(l, i) => l.split(' ')"],
    ["l => { acc.seen.add(1); return l.split(' ') }", 'acc.seen.add(1);'],
    ["l => { let w; w = l.split(' '); return w }", 'let w;'],
    ["l => { if (l) return l.split(' '); return [] }", "if (l) return l.split(' ');"],
    ["l => l.split(' ').filter((w, i) => w)", '(w, i) => w'],
    ["l => { const Boolean = l; return l.split(' ').filter(Boolean) }", 'Boolean'],
    ["Boolean => Boolean.split(' ').filter(Boolean)", 'Boolean'],
    ["function* (l) { yield* l.split(' ') }", "function* (l) { yield* l.split(' ') }"],
    ["l => other.split(' ')", 'other'],
    ['l => [...l]', '[...l]'],
    ['l => l', 'l => l'],
  ])('%s', (split, part) => {
    const settings = { accumulators: [{ name: 'seen', initial: 0 }], prelude: "const other = 'a b'" }
    const verdict = count(split, 'w => w', 'w => [w, 1]', '(a, b) => a + b', settings).get('counts')
    expect(verdict).toEqual({ kind: 'ended', node: 'words', stream: expect.any(Number), why: 'function', part })
  })

  test.each([
    ['w => w.length > limit', 'limit'],
    ["w => w < 'a'", "w < 'a'"],
    ["w => w.includes('a', 1)", "w.includes('a', 1)"],
    ['w => /a/.test(w)', '/a/'],
    ["w => w ?? ''", "w ?? ''"],
    ['w => w !== undefined', 'undefined'],
    ['w => w.length % 2', 'w.length % 2'],
    ["w => w.replace('a', '') === ''", "w.replace('a', '')"],
  ])('a filter: %s', (keep, part) => {
    const verdict = count(SPLIT, keep, 'w => [w, 1]', '(a, b) => a + b', { prelude: 'const limit = 1' }).get('counts')
    expect(verdict).toMatchObject({ kind: 'ended', node: 'kept', why: 'function', part })
  })

  test.each([
    ["w => [w, '1']", '(a, b) => a + b'],
    ['w => [w, 1]', '(a, b) => a - b'],
    ['w => [w, 1]', '(a, b) => a + a'],
    ['w => [w, 1]', '(a, b) => a * b'],
    ['w => [[w], 1]', '(a, b) => a + b'],
    ['w => [w, 1, 2]', '(a, b) => a + b'],
    ['w => [w, Number(w)]', 'Math.max'],
    ['w => [w, w + w]', '(a, b) => a + b'],
    ['w => [w, 1 + w]', '(a, b) => a + b'],
    ['w => [w, w ** 2]', '(a, b) => a + b'],
    ["w => [w, w * 'a']", '(a, b) => a + b'],
  ])('%s with %s', (pair, add) => {
    expect(count(SPLIT, 'w => w', pair, add).get('counts')?.kind).toBe('ended')
  })

  test('a built-in that shared code declares anew', () => {
    const nodes = {
      parsed: ['map', { fn: 'line => JSON.parse(line)' }, 'lines'],
      users: ['map', { fn: 'e => [e.user, 1]' }, 'parsed'],
      counts: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'users'],
      out: ['print', {}, 'counts'],
    } as const
    expect(verdicts(nodes).get('counts')).toEqual(PACKED)
    expect(verdicts(nodes, { prelude: 'const JSON = { parse: () => 1 }' }).get('counts')).toMatchObject({
      node: 'parsed',
      part: 'JSON',
    })
  })
})

test('who takes records ends it: a grouping, an output of words, a window of lines', () => {
  const words = ['flatMap', { fn: SPLIT }, 'lines'] as const
  const pairs = ['map', { fn: 'w => [w, 1]' }, 'words'] as const
  expect(
    verdicts({ words, pairs, groups: ['groupByKey', {}, 'pairs'], out: ['print', {}, 'groups'] }).get('pairs'),
  ).toMatchObject({ kind: 'ended', node: 'groups', why: 'grouping' })
  expect(verdicts({ words, out: ['print', {}, 'words'] }).get('words')).toMatchObject({ node: 'words', why: 'records' })
  const recent = ['window', { windowMs: 2000, slideMs: 1000 }, 'lines'] as const
  expect(verdicts({ recent, words: ['flatMap', { fn: SPLIT }, 'recent'], out: ['print', {}, 'words'] }).size).toBe(0)
})

test('more steps than one loop takes end it', () => {
  const chain = (steps: number) => {
    const filters = Array.from({ length: steps - 2 }, (_, at) => [
      `keep${at}`,
      ['filter', { fn: `w => w !== '${at}'` }, at === 0 ? 'words' : `keep${at - 1}`],
    ])
    return verdicts({
      words: ['flatMap', { fn: SPLIT }, 'lines'],
      ...Object.fromEntries(filters),
      pairs: ['map', { fn: 'w => [w, 1]' }, `keep${steps - 3}`],
      counts: ['reduceByKey', { reduce: '(a, b) => a + b' }, 'pairs'],
      out: ['print', {}, 'counts'],
    })
  }
  expect(chain(64).get('counts')).toEqual(PACKED)
  expect(chain(65).get('counts')).toMatchObject({ kind: 'ended', node: 'pairs', why: 'length' })
})

test('nothing is said where it is switched off, and of records that are no lines', () => {
  expect(count(SPLIT, 'w => w', 'w => [w, 1]', '(a, b) => a + b', { conf: { 'sluice.packedText': false } }).size).toBe(
    0,
  )
  const made = {
    made: ['simulatedTextStream', { generator: 'sentences' }],
    words: ['flatMap', { fn: SPLIT }, 'made'],
  } as const
  expect(verdicts({ ...made, counts: ['countByValue', {}, 'words'], out: ['print', {}, 'counts'] }).size).toBe(0)
})
