import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { pairInput } from '#engine/operator/ports.ts'

export const reduceByKey = defineOperator({
  name: 'reduceByKey',
  category: 'pairs',
  title: 'Reduce by key',
  glyph: 'Σ',
  summary: 'Combines the values of each key within a batch',
  help: 'Gathers the pairs of one batch that have the same key and combines their values two at a time, until one value per key is left. Only keys that occur in this batch are in its result: to go on counting across batches use updateStateByKey or a window. Values are first combined where they are and then sent to the partition of their key, so the function must give the same result in any order and grouping.',
  inputs: pairInput,
  output: 'pairs',
  params: {
    reduce: functionParam({
      label: 'Reduce',
      help: 'Takes two values of one key and returns one value of the same sort.',
      signature: '(a, b) => value',
      initial: '(a, b) => a + b',
    }),
    numPartitions: numPartitionsParam,
  },
  examples: [
    {
      title: 'Word count of each batch',
      params: { reduce: '(a, b) => a + b' },
      inputs: [
        [
          [
            ['a', 1],
            ['b', 1],
            ['a', 1],
          ],
          [],
          [['a', 1]],
        ],
      ],
      expected: [
        [
          ['a', 2],
          ['b', 1],
        ],
        [],
        [['a', 1]],
      ],
    },
  ],
  lower: ({ numPartitions }, context) =>
    context.add({
      kind: 'shuffled',
      parent: context.input(),
      combine: { kind: 'reduce', fn: context.userFn('reduce') },
      partitions: numPartitions ?? context.defaultParallelism,
    }),
})
