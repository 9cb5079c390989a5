import { defineOperator } from '#engine/operator/define-operator.ts'
import { flagParam, functionParam } from '#engine/operator/params.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { pairInput } from '#engine/operator/ports.ts'

const sumAndCount = {
  create: 'v => [v, 1]',
  mergeValue: '([sum, n], v) => [sum + v, n + 1]',
  mergeCombiner: '([a, n], [b, m]) => [a + b, n + m]',
}

export const combineByKey = defineOperator({
  name: 'combineByKey',
  category: 'pairs',
  title: 'Combine by key',
  glyph: 'Σ*',
  summary: 'Combines the values of each key into something of another sort',
  help: 'Like reduceByKey, when the result is not of the same sort as the values, e.g. sum and count for an average. The first value of a key in a partition makes a combiner, each further one is merged into it, and the combiners of different partitions are merged with each other at the end: so create runs once per key and partition, not once per key, and what belongs into the result only once must not be put in there. Without combining before the data travels, values go to their key one by one and combiners are never merged.',
  inputs: pairInput,
  output: 'pairs',
  params: {
    create: functionParam({
      label: 'Create',
      help: 'Takes the first value of a key in a partition and returns a combiner.',
      signature: '(value) => combiner',
      initial: sumAndCount.create,
    }),
    mergeValue: functionParam({
      label: 'Merge value',
      help: 'Takes a combiner and a further value of the key and returns a combiner.',
      signature: '(combiner, value) => combiner',
      initial: sumAndCount.mergeValue,
    }),
    mergeCombiner: functionParam({
      label: 'Merge combiners',
      help: 'Takes two combiners of a key from different partitions and returns one.',
      signature: '(combiner, combiner2) => combiner',
      initial: sumAndCount.mergeCombiner,
    }),
    mapSideCombine: flagParam({
      label: 'Combine first',
      help: 'On: values are combined in their partition before they travel to the partition of their key. Off: every value travels.',
      fallback: true,
      advanced: true,
    }),
    numPartitions: numPartitionsParam,
  },
  examples: [
    {
      title: 'Sum and count',
      params: sumAndCount,
      inputs: [
        [
          [
            ['a', 1],
            ['b', 4],
            ['a', 5],
          ],
          [],
        ],
      ],
      expected: [
        [
          ['a', [6, 2]],
          ['b', [4, 1]],
        ],
        [],
      ],
    },
    {
      title: 'Two partitions: create runs once in each',
      params: {
        create: "v => '(' + v",
        mergeValue: '(text, v) => text + v',
        mergeCombiner: '(a, b) => a + b',
      },
      inputs: [
        [
          [
            ['k', 'a'],
            ['k', 'b'],
            ['k', 'c'],
            ['k', 'd'],
          ],
        ],
      ],
      expected: [[['k', '(ab(cd']]],
      partitions: 2,
    },
    {
      title: 'Every value travels: create runs once per key',
      params: {
        create: "v => '(' + v",
        mergeValue: '(text, v) => text + v',
        mergeCombiner: '(a, b) => a + b',
        mapSideCombine: false,
      },
      inputs: [
        [
          [
            ['k', 'a'],
            ['k', 'b'],
            ['k', 'c'],
            ['k', 'd'],
          ],
        ],
      ],
      expected: [[['k', '(abcd']]],
    },
  ],
  // Source: PairDStreamFunctions.combineByKey
  lower: ({ mapSideCombine, numPartitions }, context) =>
    context.add({
      kind: 'shuffled',
      parent: context.input(),
      combine: {
        kind: 'combine',
        create: context.userFn('create'),
        mergeValue: context.userFn('mergeValue'),
        mergeCombiner: context.userFn('mergeCombiner'),
        mapSideCombine,
      },
      partitions: numPartitions ?? context.defaultParallelism,
    }),
})
