import { expect, test } from 'vitest'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { type FinishedRun, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

// A pipeline gives the same on any number of cores: partitions of a source and of a shuffle follow from the document alone where it gives their
// numbers, and from the cores only where it does not.

const CORES = [1, 2, 4, 8] as const
const count = '(values, state) => (state ?? 0) + values.length'

function graph(numPartitions: number | undefined): Readonly<Record<string, NodeText>> {
  const into = numPartitions === undefined ? {} : { numPartitions }
  return {
    a: ['simulatedTextStream', { rowsPerSecond: 15, partitions: 5 }],
    words: ['flatMap', { fn: "line => line.split(' ')" }, 'a'],
    pairs: ['map', { fn: 'word => [word, 1]' }, 'words'],
    counts: ['reduceByKey', { reduce: '(a, b) => a + b', ...into }, 'pairs'],
    state: ['updateStateByKey', { fn: count, ...into }, 'pairs'],
    both: ['join', { ...into }, 'counts', 'state>other'],
    window: ['window', { windowMs: 2000, slideMs: 1000 }, 'counts'],
    spread: ['repartition', { numPartitions: 7 }, 'window'],
    sorted: ['transform', { fn: 'rdd => rdd.sortByKey()' }, 'spread'],
    ...Object.fromEntries(['words', 'both', 'spread', 'sorted'].map((node) => [`of_${node}`, ['print', {}, node]])),
  }
}

const shown = ['words', 'counts', 'both', 'spread', 'sorted']
const run = (cores: number, numPartitions?: number): Promise<FinishedRun> =>
  runPipeline(documentOf(graph(numPartitions), { master: `local[${cores}]` }), { batches: 3, collect: shown })
const runs = { 1: run(1), 2: run(2), 4: run(4), 8: run(8) }
const everything = (finished: FinishedRun) => shown.map((node) => [node, finished.recordsOf(node)])
const asSets = (finished: FinishedRun) =>
  shown.map((node) => finished.recordsOf(node).map(({ records }) => records.map((each) => JSON.stringify(each)).sort()))

test('where the document gives all numbers of partitions, every record has its place', async () => {
  const [one, ...more] = await Promise.all(CORES.map((cores) => run(cores, 6)))
  if (one === undefined) throw new Error('there is one')
  expect(one.failures).toEqual([])
  for (const other of more) expect(everything(other)).toEqual(everything(one))
})

test('where it leaves them to the cores, every batch has the same records', async () => {
  const [one, ...more] = await Promise.all(CORES.map((cores) => runs[cores]))
  if (one === undefined) throw new Error('there is one')
  for (const other of more) expect(asSets(other)).toEqual(asSets(one))
})

test.each(CORES)('local[%d] makes as many partitions of a shuffle, in the same order on every run', async (cores) => {
  const [first, second] = await Promise.all([runs[cores], run(cores)])
  expect(first.recordsOf('counts').map(({ partitions }) => partitions.length)).toEqual(Array(3).fill(cores))
  expect(first.recordsOf('words').map(({ partitions }) => partitions.length)).toEqual(Array(3).fill(5))
  expect(everything(second)).toEqual(everything(first))
})
