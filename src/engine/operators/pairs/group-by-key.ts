import { defineOperator } from '#engine/operator/define-operator.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { pairInput } from '#engine/operator/ports.ts'

export const groupByKey = defineOperator({
  name: 'groupByKey',
  category: 'pairs',
  title: 'Group by key',
  glyph: '{}',
  summary: 'Gathers the values of each key within a batch',
  help: 'Makes one pair per key of the batch, with an array of all its values. Every value is sent to the partition of its key and kept until the batch is done: when you only want a sum or a maximum, reduceByKey sends and keeps far less. Values that come from one partition keep their order; across partitions Spark promises none.',
  inputs: pairInput,
  output: 'pairs',
  params: { numPartitions: numPartitionsParam },
  examples: [
    {
      title: 'Values of each key',
      params: {},
      inputs: [
        [
          [
            ['a', 1],
            ['b', 2],
            ['a', 3],
          ],
          [],
        ],
      ],
      expected: [
        [
          ['a', [1, 3]],
          ['b', [2]],
        ],
        [],
      ],
    },
  ],
  lower: ({ numPartitions }, context) =>
    context.add({
      kind: 'shuffled',
      parent: context.input(),
      combine: { kind: 'group' },
      partitions: numPartitions ?? context.defaultParallelism,
    }),
})
