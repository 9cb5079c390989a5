import { describe, expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { type FinishedRun, type RunOptions, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const seen = { accumulators: [{ name: 'seen', initial: 0 }] }
const source: NodeText = ['queueStream', { batches: [] }]
const count = 'x => { acc.seen.add(1); return x }'
const inputs = { a: { batches: [[1, 2, 3, 4, 5], [6, 7], [8]], partitions: 4 } }

const run = (
  nodes: Readonly<Record<string, NodeText>>,
  settings: object = seen,
  options: Partial<RunOptions> = {},
): Promise<FinishedRun> =>
  runPipeline(documentOf({ a: source, ...nodes }, { checkpoint: false, ...settings }), {
    batches: 3,
    inputs,
    ...options,
  })

/** What an accumulator held after each batch. */
const valuesOf = ({ batches }: FinishedRun, name = 'seen') => batches.map(({ data }) => data.accumulators?.[name])
const linesOf = ({ batches }: FinishedRun) =>
  batches.map(({ data }) => data.outputs.flatMap(({ lines }) => lines).join(' '))

const printValue: NodeText = ['foreachRDD', { fn: 'rdd => console.log(acc.seen.value)' }, 'counted']
const counted: NodeText = ['map', { fn: count }, 'a']

describe.each([1, 2, 4])('%i executors', (cores) => {
  const on = { ...seen, master: `local[${cores}]` }

  test('add up numbers over batches', async () => {
    const finished = await run({ counted, out: ['print', {}, 'counted'] }, on)
    expect(finished.failures).toEqual([])
    expect(valuesOf(finished)).toEqual([5, 7, 8])
  })

  test('read in foreachRDD what all of them have added, its own job included', async () => {
    const finished = await run({ counted, first: ['print', {}, 'counted'], out: printValue }, on)
    expect(linesOf(finished)).toEqual(['10', '14', '16'])
    expect(valuesOf(finished)).toEqual([10, 14, 16])
  })

  test('read in transform what all of them have added', async () => {
    const fn = 'rdd => rdd.sparkContext.parallelize([acc.seen.value], 1)'
    const nodes = { counted, read: ['transform', { fn }, 'counted'], out: ['print', {}, 'read'] } as const
    const finished = await run({ ...nodes }, on)
    expect(finished.batches.map(({ data }) => data.outputs[0]?.rows)).toEqual([[5], [7], [8]])
  })

  test('do not count what a failed job added, wherever it failed', async () => {
    const throwing = "x => { acc.seen.add(1); if (x === 2) throw new Error('on purpose'); return x }"
    const nodes = {
      good: ['map', { fn: count }, 'a'],
      bad: ['map', { fn: throwing }, 'a'],
      counted: ['map', { fn: 'x => x' }, 'good'],
      first: ['print', {}, 'bad'],
      out: printValue,
    } as const
    const finished = await run({ ...nodes }, on)
    expect(finished.failures.map(({ timeMs, node }) => [timeMs, node])).toEqual([[1000, 'bad']])
    expect(valuesOf(finished)).toEqual([5, 9, 11])
    expect(linesOf(finished)).toEqual(['5', '9', '11'])
  })
})

test('what a second output computes again is added again; what is kept is not', async () => {
  const twice = { counted, first: ['print', {}, 'counted'], second: ['print', {}, 'counted'] } as const
  expect(valuesOf(await run({ ...twice }))).toEqual([10, 14, 16])
  const once = {
    counted,
    kept: ['cache', {}, 'counted'],
    first: ['print', {}, 'kept'],
    second: ['print', {}, 'kept'],
  } as const
  expect(valuesOf(await run({ ...once }))).toEqual([5, 7, 8])
})

test('a body adds and reads, and adds nothing when it throws', async () => {
  const fn =
    "rdd => { rdd.foreach(() => acc.seen.add(1)); console.log(acc.seen.value); if (rdd.count() === 2) throw new Error('no') }"
  const finished = await run({ out: ['foreachRDD', { fn }, 'a'] })
  expect(linesOf(finished)).toEqual(['5', '7', '6'])
  expect(valuesOf(finished)).toEqual([5, 5, 6])
})

test('a list collects records in the order of jobs and partitions, as they were when they were added', async () => {
  const settings = { accumulators: [{ name: 'seen', initial: ['first'] }], master: 'local[2]' }
  const fn = 'x => { const each = { x, at: [1n] }; acc.seen.add(each); each.x = 0; return x }'
  const nodes = { counted: ['map', { fn }, 'a'], out: printValue } as const
  const finished = await run({ ...nodes }, settings, { inputs: { a: { batches: [[1, 2], [3]], partitions: 2 } } })
  const tagged = (x: number) => ({ x, at: [{ $: 'bigint', v: '1' }] })
  expect(valuesOf(finished)).toEqual([
    ['first', tagged(1), tagged(2)],
    ['first', tagged(1), tagged(2), tagged(3)],
    ['first', tagged(1), tagged(2), tagged(3)],
  ])
  expect(linesOf(finished)[0]).toBe('["first", {x: 1, at: [1n]}, {x: 2, at: [1n]}]')
})

test('numbers that JSON does not know survive the way', async () => {
  const nodes = { counted: ['map', { fn: 'x => { acc.seen.add(x / 0); return x }' }, 'a'], out: printValue } as const
  const finished = await run({ ...nodes })
  expect(linesOf(finished)).toEqual(['Infinity', 'Infinity', 'Infinity'])
  expect(valuesOf(finished)[0]).toEqual({ $: 'number', v: 'Infinity' })
})

describe('functions are refused', () => {
  const messageOf = async (fn: string, settings: object = seen): Promise<string | undefined> => {
    const { failures } = await run({ b: ['map', { fn }, 'a'], out: ['print', {}, 'b'] }, settings)
    expect(failures[0]).toMatchObject({ node: 'b', param: 'fn' })
    return failures[0]?.message
  }

  test('reading outside of transform and foreachRDD', async () => {
    expect(await messageOf('x => acc.seen.value')).toBe(
      'Error: acc.seen.value is readable only in transform and foreachRDD (Spark: on the driver).',
    )
  })

  test('adding what does not fit', async () => {
    expect(await messageOf("x => acc.seen.add('one')")).toBe('TypeError: acc.seen.add needs a number, and got string.')
    expect(await messageOf('x => acc.seen.add(() => x)', { accumulators: [{ name: 'seen', initial: [] }] })).toBe(
      'RecordError: The value is a function, which no record may hold.',
    )
    const many = 'x => { for (let n = 0; n < 10001; n++) acc.seen.add(n) }'
    expect(await messageOf(many, { accumulators: [{ name: 'seen', initial: [] }] })).toBe(
      'RangeError: acc.seen is full: an accumulator holds at most 10000 records.',
    )
  })

  test('changing the objects or what is broadcast', async () => {
    expect(await messageOf('x => { acc.seen = x }')).toMatch(/^TypeError: Cannot assign to read only property/)
    expect(await messageOf('x => { acc.seen.add = x }')).toMatch(/^TypeError: Cannot assign to read only property/)
    const settings = { broadcasts: [{ name: 'deep', value: { list: [{ n: 1 }] } }] }
    expect(await messageOf('x => { bc.deep.value.list[0].n = x }', settings)).toMatch(/^TypeError: Cannot assign/)
    expect(await messageOf('x => bc.deep.value.list.push(x)', settings)).toMatch(/^TypeError: Cannot add property/)
  })
})

test('the shared code may build on a broadcast, and add to an accumulator', async () => {
  const settings = {
    accumulators: [{ name: 'seen' }],
    broadcasts: [{ name: 'days', value: [{ $: 'date', v: 0 }, 3] }],
    prelude: 'const first = bc.days.value[0].getTime() + 1\nfunction note() { acc.seen.add(first) }',
  }
  const nodes = {
    b: ['map', { fn: 'x => { note(); return bc.days.value[1] }' }, 'a'],
    out: ['print', {}, 'b'],
  } as const
  const finished = await run({ ...nodes }, settings)
  expect(valuesOf(finished)).toEqual([5, 7, 8])
  expect(finished.batches[2]?.data.outputs[0]?.rows).toEqual([3])
})

test('nothing is added while the shared code is loaded', async () => {
  const starting = run({ out: ['print', {}, 'a'] }, { ...seen, prelude: 'acc.seen.add(1)' })
  await expect(starting).rejects.toThrow('acc.seen can only be added to while a batch runs.')
})

test.each([
  [{ accumulators: [{ name: 'seen', initial: 'x' }] }, 'neither a number nor a list'],
  [{ accumulators: [{ name: 'seen', initial: { $: 'number', v: 'NaN' } }] }, 'neither a number nor a list'],
  [{ accumulators: [{ name: 'seen', initial: [{ $: 'set' }] }] }, 'no known tag'],
  [{ broadcasts: [{ name: 'all', value: { $: 'set' } }] }, 'no known tag'],
])('%j is refused before it runs', async (settings, message) => {
  await expect(run({ out: ['print', {}, 'a'] }, settings)).rejects.toThrow(message)
})

describe('after recovery from a checkpoint', () => {
  const nodes: Readonly<Record<string, NodeText>> = {
    rows: ['simulatedTextStream', { rowsPerSecond: 2 }],
    counted: ['map', { fn: 'x => { acc.seen.add(bc.step.value); return x }' }, 'rows'],
    out: ['foreachRDD', { fn: 'rdd => console.log(acc.seen.value)' }, 'counted'],
  }
  const recover = async (lazy: { readonly acc: boolean; readonly bc: boolean }) => {
    const document = documentOf(nodes, {
      accumulators: [{ name: 'seen', initial: 100, lazy: lazy.acc }],
      broadcasts: [{ name: 'step', value: 1, lazy: lazy.bc }],
    })
    const store = new MemoryCheckpointStore()
    const before = await runPipeline(document, { batches: 6, store, killAfterMs: 3000 })
    expect(linesOf(before)).toEqual(['102', '104', '106'])
    return runPipeline(document, { batches: 6, store })
  }

  test('what is lazy begins anew', async () => {
    const after = await recover({ acc: true, bc: true })
    expect(after.failures).toEqual([])
    const batches = after.batches.length
    expect(linesOf(after)).toEqual(Array.from({ length: batches }, (_, index) => `${102 + 2 * index}`))
    expect(valuesOf(after).at(-1)).toBe(100 + 2 * batches)
  })

  test.each([
    [{ acc: false, bc: true }, 'acc.seen'],
    [{ acc: true, bc: false }, 'bc.step'],
  ])('what is not lazy fails every batch that uses it: %j', async (lazy, what) => {
    const after = await recover(lazy)
    expect(after.failures.length).toBe(after.batches.length)
    for (const failure of after.failures) {
      expect(failure).toMatchObject({ node: 'counted', param: 'fn' })
      expect(failure.message).toContain(`${what} is gone: as in Spark, it does not survive recovery from a checkpoint.`)
    }
    expect(valuesOf(after).at(-1)).toBe(lazy.acc ? 100 : undefined)
  })
})

test('executors that are lost in a batch take what they added with them', async () => {
  const nodes = { counted, first: ['print', {}, 'counted'], out: printValue } as const
  for (let microtasks = 0; microtasks < 40; microtasks += 5) {
    const lossy = await run({ ...nodes }, seen, { losesAt: (timeMs) => (timeMs === 2000 ? microtasks : undefined) })
    expect(lossy.failures).toEqual([])
    expect(valuesOf(lossy)).toEqual([10, 14, 16])
  }
})
