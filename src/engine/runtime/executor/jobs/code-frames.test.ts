import { describe, expect, test } from 'vitest'
import { moduleUrl } from '#engine/compile/functions-module.ts'
import type { CodeFrame } from '#engine/model/batch-data.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { framesOf } from './code-frames.ts'

const PRELUDE = `const check = x => {
  if (x > 2) throw new Error('too much')
  return x
}
function checkAll(list) {
  return list.map(
    function each(x) { return check(x) })
}
class Tally {
  add(x) { return check(x) }
}`

const numbers: NodeText = ['queueStream', { batches: [] }]
const pairs: NodeText = ['map', { fn: 'x => ["k", x]' }, 'numbers']
const print = (from: string): NodeText => ['print', {}, from]
const SHARED: CodeFrame = { name: 'check', line: 2, column: 20 }

/** The failure of a pipeline's first batch. */
async function failureOf(nodes: Readonly<Record<string, NodeText>>) {
  const document = documentOf({ numbers, ...nodes }, { prelude: PRELUDE })
  const run = await runPipeline(document, {
    batches: 1,
    inputs: { numbers: { batches: [[1, 2, 3, 4]], partitions: 1 } },
  })
  return run.failures[0]
}

describe('a failure tells the calls that led to it', () => {
  test('through shared code to the function, whose line is that of the failure', async () => {
    const failure = await failureOf({
      bad: ['map', { fn: 'x => {\n  return checkAll([x])\n}' }, 'numbers'],
      out: print('bad'),
    })
    expect(failure).toMatchObject({
      node: 'bad',
      param: 'fn',
      line: 2,
      column: 10,
      record: '3',
      message: 'Error: too much',
    })
    expect(failure?.frames).toEqual([
      SHARED,
      { name: 'each', line: 7, column: 31 },
      { name: 'checkAll', line: 6, column: 15 },
      { node: 'bad', param: 'fn', line: 2, column: 10 },
    ])
  })

  test('inside methods and functions of the function itself', async () => {
    const fn = 'x => {\n  const inner = () => new Tally().add(x)\n  return inner()\n}'
    const failure = await failureOf({ bad: ['filter', { fn }, 'numbers'], out: print('bad') })
    expect(failure).toMatchObject({ node: 'bad', line: 2, column: 35 })
    expect(failure?.frames).toEqual([
      SHARED,
      { name: 'Tally.add', line: 10, column: 19 },
      { node: 'bad', param: 'fn', name: 'inner', line: 2, column: 35 },
      { node: 'bad', param: 'fn', line: 3, column: 10 },
    ])
  })

  const add = '(a, b) => check(a + b)'
  const cases: readonly (readonly [string, Readonly<Record<string, NodeText>>, string])[] = [
    ['of a map side', { pairs, bad: ['reduceByKey', { reduce: add }, 'pairs'] }, 'reduce'],
    [
      'of a reduce side',
      {
        pairs,
        spread: ['repartition', { numPartitions: 4 }, 'pairs'],
        bad: ['reduceByKey', { reduce: add }, 'spread'],
      },
      'reduce',
    ],
    ['of a transform body', { bad: ['transform', { fn: 'rdd => (check(3), rdd)' }, 'numbers'] }, 'fn'],
    [
      'of a function inside a transform body',
      { bad: ['transform', { fn: 'rdd => rdd.map(x => check(x))' }, 'numbers'] },
      'fn',
    ],
    [
      'of a state update',
      { pairs, bad: ['updateStateByKey', { fn: '(values, s) => check(values.length)' }, 'pairs'] },
      'fn',
    ],
  ]
  test.each(cases)('%s', async (_what, nodes, param) => {
    const failure = await failureOf({ ...nodes, out: print('bad') })
    expect(failure).toMatchObject({ node: 'bad', param, line: 1, message: 'Error: too much' })
    expect(failure?.frames?.[0]).toEqual(SHARED)
    expect(failure?.frames?.[1]).toMatchObject({ node: 'bad', param, line: 1 })
  })

  test('of a foreachRDD body', async () => {
    const failure = await failureOf({
      bad: ['foreachRDD', { fn: 'rdd => {\n  rdd.collect().forEach(check)\n}' }, 'numbers'],
    })
    expect(failure).toMatchObject({ node: 'bad', line: 2 })
    expect(failure?.frames?.map(({ node, line }) => [node, line])).toEqual([
      [undefined, 2],
      ['bad', 2],
    ])
  })

  test('only where there is more than the one place', async () => {
    const failure = await failureOf({ bad: ['map', { fn: 'x => x.y.z' }, 'numbers'], out: print('bad') })
    expect(failure).toMatchObject({ node: 'bad', line: 1, column: 10 })
    expect(failure).not.toHaveProperty('frames')
  })
})

describe('a stack that the user has made', () => {
  const plan = {
    prelude: 'const a = 1',
    functions: [
      { name: 'x.fn', node: 'x', param: 'fn', source: 'x => x' },
      { name: 'x#0', node: 'x', source: 'x => x' },
    ],
  }
  const url = moduleUrl('a', 'functions')
  test.each([
    ['of a stranger', { stack: 'Error\n    at f (https://elsewhere/x.js:1:1)\n    at <anonymous>:1:1' }, []],
    ['that is no text', { stack: { toString: () => `at f (${url}:3:1)` } }, []],
    [
      'that throws',
      Object.defineProperty({}, 'stack', {
        get: () => {
          throw new Error('no')
        },
      }),
      [],
    ],
    ['of a thrown text', `at f (${url}:3:1)`, []],
    [
      'whose message looks like calls',
      { message: `x\n    at f (${url}:3:1)`, stack: `Error: x\n    at f (${url}:3:1)\n    at g (${url}:3:2)` },
      [{ name: 'g', line: 1, column: 2 }],
    ],
    ['of lines that are not there', { stack: `    at f (${url}:999:1)\n    at ${url}:0:0` }, []],
    ["with the engine's own functions", { stack: `    at f (${url}:9:1)` }, []],
    [
      'of another browser',
      { stack: `g@${url}:3:2\n@${url}:6:7` },
      [
        { name: 'g', line: 1, column: 2 },
        { node: 'x', param: 'fn', line: 1, column: 7 },
      ],
    ],
    [
      'without end',
      { stack: `    at ${'f'.repeat(300)} (${url}:3:1)\n`.repeat(500) },
      Array(8).fill({ name: 'f'.repeat(100), line: 1, column: 1 }),
    ],
  ])('%s', (_what, thrown, frames) => {
    expect(framesOf(thrown, plan)).toEqual(frames)
  })
})
