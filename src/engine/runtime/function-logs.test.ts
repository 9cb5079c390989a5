import { describe, expect, test } from 'vitest'
import type { FunctionLogs } from '#engine/model/batch-data.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { type RunOptions, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// What functions log: with node, level and line, of each function the first calls, whatever operator calls it.

const source: NodeText = ['queueStream', { batches: [] }]
const print = (from: string): NodeText => ['print', {}, from]
const inputOf = (...batches: readonly (readonly (number | (string | number)[])[])[]) => ({
  source: { batches, partitions: 1 },
})

interface Logged {
  readonly inputs: RunOptions['inputs']
  readonly batches?: number
  readonly settings?: Parameters<typeof documentOf>[1]
  readonly options?: Partial<RunOptions>
}

/** What each output operation of each batch had logged. */
async function logsOf(
  nodes: Readonly<Record<string, NodeText>>,
  { inputs, batches = 1, settings, options }: Logged,
): Promise<readonly (readonly (FunctionLogs | undefined)[])[]> {
  const given = inputs === undefined ? {} : { inputs }
  const run = await runPipeline(documentOf({ source, ...nodes }, settings), { batches, ...given, ...options })
  return run.batches.map(({ data }) => data.outputs.map(({ logs }) => logs))
}

const texts = (logs: FunctionLogs | undefined) => logs?.lines.map(({ node, text }) => `${node}: ${text}`)

test('each call is told with its level and line', async () => {
  const fn = 'x => {\n  console.log("got", x)\n  console.warn({ x })\n  return x\n}'
  const [[logs] = []] = await logsOf(
    { twice: ['map', { fn }, 'source'], out: print('twice') },
    { inputs: inputOf([7]) },
  )
  expect(logs).toEqual({
    lines: [
      { node: 'twice', param: 'fn', level: 'info', text: 'got 7', line: 2, column: 11 },
      { node: 'twice', param: 'fn', level: 'warn', text: '{x: 7}', line: 3, column: 11 },
    ],
    more: [],
  })
})

test('calls in the shared code are told with the node whose function led there', async () => {
  const prelude = 'const show = x => {\n  console.error(x)\n  return x\n}'
  const nodes = { shown: ['map', { fn: 'x => show(x)' }, 'source'], out: print('shown') } as const
  const [[logs] = []] = await logsOf(nodes, { inputs: inputOf([7]), settings: { prelude } })
  expect(logs?.lines).toEqual([{ node: 'shown', level: 'error', text: '7', line: 2, column: 11 }])
})

test('functions of all kinds are heard', async () => {
  const nodes: Readonly<Record<string, NodeText>> = {
    pairs: ['map', { fn: 'x => (console.log(x), ["k", x])' }, 'source'],
    kept: ['filter', { fn: 'x => { console.log(x[1]); return true }' }, 'pairs'],
    sums: ['reduceByKey', { reduce: '(a, b) => (console.log(a, b), a + b)' }, 'kept'],
    state: ['updateStateByKey', { fn: '(values, sum = 0) => (console.log(values), sum + values[0])' }, 'sums'],
    body: ['transform', { fn: 'rdd => (console.log(rdd.count()), rdd)' }, 'state'],
    out: print('body'),
  }
  const [[logs] = []] = await logsOf(nodes, { inputs: inputOf([1, 2]) })
  expect(texts(logs)).toEqual(
    expect.arrayContaining(['pairs: 1', 'kept: 1', 'pairs: 2', 'kept: 2', 'sums: 1 2', 'state: [3]', 'body: 1']),
  )
  expect(logs?.lines).toHaveLength(7)
})

test('what a body of foreachRDD logs is its output, and what its stream logs is not', async () => {
  const prelude = 'const say = x => console.log(x)'
  const nodes: Readonly<Record<string, NodeText>> = {
    said: ['map', { fn: 'x => (say(x), x)' }, 'source'],
    each: ['foreachRDD', { fn: 'rdd => { say(rdd.count()); console.log("done") }' }, 'said'],
  }
  const run = await runPipeline(documentOf({ source, ...nodes }, { prelude }), { batches: 1, inputs: inputOf([1]) })
  const [output] = run.batches[0]?.data.outputs ?? []
  expect(output?.lines).toEqual(['1', 'done'])
  expect(texts(output?.logs)).toEqual(['said: 1'])
})

test('of many calls the first are shown and the others counted, on however many executors', async () => {
  const many = Array.from({ length: 3_462 }, (_, n) => n)
  const nodes = { shown: ['map', { fn: 'x => (console.log(x), x)' }, 'source'], out: ['count', {}, 'shown'] } as const
  const end = print('out')
  for (const master of ['local[1]', 'local[4]']) {
    const inputs = { source: { batches: [many], partitions: 4 } }
    const [[logs] = []] = await logsOf({ ...nodes, end }, { inputs, settings: { master } })
    expect(logs?.lines).toHaveLength(50)
    expect(logs?.more).toEqual([{ node: 'shown', param: 'fn', calls: 3_412 }])
  }
})

describe('a record is heard once', () => {
  const logging = { shown: ['map', { fn: 'x => (console.log(x), x)' }, 'source'] } as const

  test('where a later function fails on it, and the record is looked for', async () => {
    const failing: Readonly<Record<string, NodeText>> = {
      ...logging,
      bad: ['map', { fn: "x => { if (x === 2) throw new Error('no'); return x }" }, 'shown'],
    }
    const [[logs] = []] = await logsOf({ ...failing, out: print('bad') }, { inputs: inputOf([1, 2, 3]) })
    expect(texts(logs)).toEqual(['shown: 1', 'shown: 2'])
  })

  test('where a batch runs again, since its executors were lost', async () => {
    const lost = await logsOf(
      { ...logging, out: print('shown') },
      {
        inputs: inputOf([1], [2], [3]),
        batches: 3,
        options: { losesAt: (timeMs) => (timeMs === 2_000 ? 3 : undefined) },
      },
    )
    expect(lost.map(([logs]) => texts(logs))).toEqual([['shown: 1'], ['shown: 2'], ['shown: 3']])
  })

  test('though not where two outputs compute a stream each: there its functions are called twice', async () => {
    const [first] = await logsOf({ ...logging, one: print('shown'), other: print('shown') }, { inputs: inputOf([1]) })
    expect(first?.map(texts)).toEqual([['shown: 1'], ['shown: 1']])
  })
})

test('names that no function has are no places of their own', async () => {
  const fn = 'x => { for (let n = 0; n < 10000; n++) of("f" + n).log(n); return x }'
  const hostile = { shown: ['map', { fn }, 'source'], out: print('shown') } as const
  const settings = { prelude: 'const of = console.of' }
  const [[logs] = []] = await logsOf(hostile, { inputs: inputOf([1]), settings })
  expect(logs?.lines).toHaveLength(50)
  expect(logs?.more).toEqual([{ calls: 9_950 }])
})

test('a console has what pasted code calls', async () => {
  const calls =
    'console.table([1]); console.dir(2); console.trace("t"); console.group(); console.time(); console.assert(false)'
  const nodes = { shown: ['map', { fn: `x => { ${calls}; return x }` }, 'source'], out: print('shown') } as const
  const [[logs] = []] = await logsOf(nodes, { inputs: inputOf([1]) })
  expect(logs?.lines.map(({ level, text }) => [level, text])).toEqual([
    ['info', '[1]'],
    ['info', '2'],
    ['debug', 't'],
  ])
})
