import { defineOperator } from '#engine/operator/define-operator.ts'
import { requiredIntegerParam } from '#engine/operator/params.ts'
import { MAX_PARTITIONS } from '#engine/operator/partition-params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const repartition = defineOperator({
  name: 'repartition',
  category: 'transformations',
  title: 'Repartition',
  glyph: '⤨',
  summary: 'Spreads the records evenly over so many partitions',
  help: 'Deals the records of each batch out, one after another, to so many partitions, and so to the executors: more of them when a few partitions hold all the work, fewer when there are many small ones. Every record moves, and the order of the records is lost.',
  inputs: oneInput,
  output: 'same',
  params: {
    numPartitions: requiredIntegerParam({
      label: 'Partitions',
      help: 'How many partitions each batch has afterwards.',
      min: 1,
      max: MAX_PARTITIONS,
      initial: 4,
    }),
  },
  examples: [
    {
      title: 'The records stay the same',
      params: { numPartitions: 3 },
      inputs: [[['a', 'b', 'c'], []]],
      expected: [['a', 'b', 'c'], []],
    },
  ],
  lower: ({ numPartitions }, context) =>
    context.add({ kind: 'repartitioned', parent: context.input(), partitions: numPartitions }),
})
