import { defineOperator } from '#engine/operator/define-operator.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { pairInput } from '#engine/operator/ports.ts'
import { checkWindow } from '#engine/operator/window-checks.ts'
import { optionalSlideMsParam, windowMsParam } from '#engine/operator/window-params.ts'

export const groupByKeyAndWindow = defineOperator({
  name: 'groupByKeyAndWindow',
  category: 'windows',
  title: 'Group by key and window',
  glyph: '{▭',
  summary: 'Gathers the values of each key over the last few batches',
  help: 'Like groupByKey, over a window: once per slide, one pair per key of the last batches, with an array of all its values, those of the oldest batch first. A key that is no longer in the window is gone. All values of the window are kept and put together anew for every result: when you only want a sum or a maximum, reduceByKeyAndWindow keeps one value per key and batch. Values that come from one partition keep their order within a batch; across partitions Spark promises none.',
  inputs: pairInput,
  output: 'pairs',
  params: { windowMs: windowMsParam, slideMs: optionalSlideMsParam, numPartitions: numPartitionsParam },
  examples: [
    {
      title: 'The last two batches',
      params: { windowMs: 2000 },
      inputs: [
        [
          [
            ['a', 1],
            ['a', 2],
          ],
          [
            ['b', 3],
            ['a', 4],
          ],
          [],
          [],
        ],
      ],
      expected: [
        [['a', [1, 2]]],
        [
          ['a', [1, 2, 4]],
          ['b', [3]],
        ],
        [
          ['a', [4]],
          ['b', [3]],
        ],
        [],
      ],
    },
    {
      title: 'Every second batch, two batches at a time',
      params: { windowMs: 2000, slideMs: 2000 },
      inputs: [[[['a', 1]], [['a', 2]], [['a', 3]], [['b', 4]]]],
      expected: [
        [['a', [1, 2]]],
        [
          ['a', [3]],
          ['b', [4]],
        ],
      ],
    },
    {
      title: 'A batch without an RDD is skipped',
      params: { windowMs: 2000 },
      inputs: [[[['a', 1]], null, [['a', 3]]]],
      expected: [[['a', [1]]], [['a', [1]]], [['a', [3]]]],
    },
  ],
  check: (values, context) => checkWindow('windowed', values, context),
  slideMs: ({ slideMs }, [parentMs], batchMs) => slideMs ?? parentMs ?? batchMs,
  // Source: PairDStreamFunctions.groupByKeyAndWindow
  lower: (values, context) => {
    const { windowMs } = values
    const slideMs = values.slideMs ?? context.slideMs(context.input())
    const partitions = values.numPartitions ?? context.defaultParallelism
    const perBatch = context.add({ kind: 'shuffled', parent: context.input(), combine: { kind: 'group' }, partitions })
    const window = context.add({ kind: 'windowed', parent: perBatch, windowMs, slideMs })
    // The first group is copied: it belongs to the RDD of its batch, which the next windows need too.
    const append = context.ownFn('(all, values) => { for (const value of values) all.push(value); return all }')
    return context.add({
      kind: 'shuffled',
      parent: window,
      combine: {
        kind: 'combine',
        create: context.ownFn('(values) => [...values]'),
        mergeValue: append,
        mergeCombiner: append,
        mapSideCombine: true,
      },
      partitions,
    })
  },
})
