import { defineOperator } from '#engine/operator/define-operator.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { oneInput } from '#engine/operator/ports.ts'
import { mapOwn } from '#engine/operator/reductions.ts'

export const countByValue = defineOperator({
  name: 'countByValue',
  category: 'transformations',
  title: 'Count by value',
  glyph: '#=',
  summary: 'Counts how often each record occurs in a batch',
  help: 'Makes one pair [record, count] for each different record of the batch: the word count without having to make pairs yourself. Records are equal when their contents are, arrays and objects included; 1 and "1" are different. Only what occurs in this batch is counted, so an empty batch gives nothing; for counts over several batches there is countByValueAndWindow.',
  inputs: oneInput,
  output: 'pairs',
  params: { numPartitions: numPartitionsParam },
  examples: [
    {
      title: 'Words of each batch',
      params: {},
      inputs: [[['a', 'b', 'a'], [], ['b']]],
      expected: [
        [
          ['a', 2],
          ['b', 1],
        ],
        [],
        [['b', 1]],
      ],
    },
    {
      title: 'Objects with the same content are one value',
      params: {},
      inputs: [[[{ page: '/', ok: true }, 1, '1', { ok: true, page: '/' }]]],
      expected: [
        [
          [{ page: '/', ok: true }, 2],
          [1, 1],
          ['1', 1],
        ],
      ],
    },
  ],
  // Source: DStream.countByValue
  lower: ({ numPartitions }, context) =>
    context.add({
      kind: 'shuffled',
      parent: mapOwn(context.input(), '(value) => [value, 1]', context),
      combine: { kind: 'reduce', fn: context.ownFn('(a, b) => a + b') },
      partitions: numPartitions ?? context.defaultParallelism,
    }),
})
