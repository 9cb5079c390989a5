import { expect, test } from 'vitest'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { type FinishedRun, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const source: NodeText = ['queueStream', { batches: [[1, 2, 3], []] }]

const run = (nodes: Readonly<Record<string, NodeText>>, settings: object = {}): Promise<FinishedRun> =>
  runPipeline(documentOf({ a: source, ...nodes }, { master: 'local[2]', ...settings }), {
    batches: 2,
    collect: Object.keys(nodes).slice(0, 1),
  })

test.each([
  ['transform', 'rdd => sc.parallelize([rdd.count(), sc.defaultParallelism])', [1, 1], [3, 2]],
  ['transform', 'rdd => sc.union(sc.emptyRDD(), sc.makeRDD([7], 3), rdd)', [0, 0, 1, 3], [7, 1, 2, 3]],
  ['transform', 'rdd => rdd.map(x => x + sc.broadcast(10).value)', [3], [11, 12, 13]],
  ['transformWith', '(a, b) => b.intersection(sc.parallelize([3, 4], 1), 1)', [1], [3]],
])('sc makes RDDs in %s: %s', async (op, fn, partitions, records) => {
  const { failures, recordsOf } = await run({ r: [op, { fn }, 'a', ...(op === 'transform' ? [] : ['a>other'])] })
  expect(failures).toEqual([])
  expect(recordsOf('r')[0]).toEqual({ timeMs: 1000, partitions, records })
})

test('sc is known in foreachRDD, and to shared code that such a function calls', async () => {
  const fn = 'rdd => console.log(fixed().join(rdd.keyBy(x => x)).collect())'
  const { batches, failures } = await run(
    { out: ['foreachRDD', { fn }, 'a'] },
    { prelude: "const fixed = () => sc.parallelize([[2, 'two']], 1)" },
  )
  expect(failures).toEqual([])
  expect(batches.flatMap(({ data }) => data.outputs.flatMap(({ lines }) => lines))).toEqual(['[[2, ["two", 2]]]', '[]'])
})

const refusal = 'sc can be used only in transform and foreachRDD (Spark: on the driver).'

test.each(['x => sc.parallelize([x])', 'x => sc.defaultParallelism'])('%s is refused in map', async (fn) => {
  const { failures } = await run({ r: ['map', { fn }, 'a'] })
  expect(failures).toMatchObject([{ timeMs: 1000, node: 'r', param: 'fn', message: `Error: ${refusal}` }])
})

test('sc is refused while the shared code is loaded', async () => {
  await expect(run({ out: ['print', {}, 'a'] }, { prelude: 'const rows = sc.parallelize([1])' })).rejects.toThrow(
    refusal,
  )
})
