import { defineOperator } from '#engine/operator/define-operator.ts'
import { integerParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const print = defineOperator({
  name: 'print',
  category: 'outputs',
  title: 'Print',
  glyph: '¶',
  summary: 'Shows the first records of every batch as text',
  help: "Writes the time of each batch and its first records, and three dots when there were more. An empty batch shows its heading alone. Records are taken in the order of the partitions, so after a by-key operator the order is that of the keys' hashes, not of their arrival. What is shown of a batch is exactly-once: a batch that runs again after a recovery replaces what it had printed.",
  inputs: oneInput,
  view: 'text',
  params: {
    num: integerParam({
      label: 'Records',
      help: 'How many records of each batch are shown.',
      min: 0,
      max: 10_000,
      fallback: 10,
      initial: 10,
    }),
  },
  examples: [
    {
      title: 'The first two records',
      params: { num: 2 },
      inputs: [[['a', 'b', 'c'], []]],
      expected: [['a', 'b', 'c'], []],
    },
  ],
  lower: ({ num }, context) => {
    const stream = context.input()
    context.output(stream, { kind: 'take', num })
    return stream
  },
})
