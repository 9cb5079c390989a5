import { defineOperator } from '#engine/operator/define-operator.ts'
import { flagParam, functionParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const mapPartitions = defineOperator({
  name: 'mapPartitions',
  category: 'transformations',
  title: 'Map partitions',
  glyph: '⊞',
  summary: 'Turns all records of a partition at once into others',
  help: 'Calls your function once for each partition of the batch, with all its records, instead of once for each record: good for what is worth preparing only once, or for combining neighbours. The function returns an array (or anything else that can be iterated), whose elements become the records of that partition. It is also called for empty partitions, with no records. How many partitions there are depends on the source and the operators before, so a sum per partition is not yet the sum of the batch.',
  inputs: oneInput,
  output: 'any',
  params: {
    fn: functionParam({
      label: 'Function',
      help: 'Takes the records of one partition and returns an array of records. What it does to the list it gets changes nothing elsewhere.',
      signature: '(records) => records',
      initial: 'records => records',
    }),
    preservesPartitioning: flagParam({
      label: 'Keys stay',
      help: 'On: a promise that the function leaves keys alone, so that a by-key operator behind it need not move the data again. Nothing checks it; where it does not hold, results are wrong.',
      fallback: false,
      advanced: true,
    }),
  },
  examples: [
    {
      title: 'Sums of two partitions',
      params: { fn: 'records => [records.reduce((a, b) => a + b, 0)]' },
      inputs: [[[1, 2, 3, 4], [5], []]],
      expected: [
        [3, 7],
        [0, 5],
        [0, 0],
      ],
      partitions: 2,
    },
    {
      title: 'Records one by one',
      params: { fn: 'function* (records) { for (const n of records) if (n > 1) yield n * n }' },
      inputs: [[[1, 2, 3], []]],
      expected: [[4, 9], []],
    },
  ],
  // Source: MapPartitionedDStream
  lower: ({ preservesPartitioning }, context) =>
    context.add({
      kind: 'partitionwise',
      parent: context.input(),
      fn: context.userFn('fn'),
      preservesPartitioning,
    }),
})
