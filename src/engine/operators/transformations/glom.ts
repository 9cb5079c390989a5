import { defineOperator } from '#engine/operator/define-operator.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const glom = defineOperator({
  name: 'glom',
  category: 'transformations',
  title: 'Glom',
  glyph: '[]',
  summary: 'Makes one array of each partition',
  help: 'Replaces the records of each partition by a single record: an array of all of them, in their order. It shows how a batch is spread over the partitions, which nothing else lets you see. An empty partition gives an empty array, so there are as many arrays as partitions, in an empty batch too.',
  inputs: oneInput,
  output: 'values',
  params: {},
  examples: [
    {
      title: 'Two partitions',
      params: {},
      inputs: [[['a', 'b', 'c', 'd'], ['e'], []]],
      expected: [
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
        [[], ['e']],
        [[], []],
      ],
      partitions: 2,
    },
  ],
  // Source: GlommedDStream
  lower: (_values, context) =>
    context.add({
      kind: 'partitionwise',
      parent: context.input(),
      fn: context.ownFn('(records) => [records]'),
      preservesPartitioning: false,
    }),
})
