import { defineOperator } from '#engine/operator/define-operator.ts'
import { integerParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const table = defineOperator({
  name: 'table',
  category: 'outputs',
  title: 'Table',
  glyph: '▦',
  summary: 'Shows the records of every batch in a table',
  help: 'Shows the records of each batch as rows, in the order of the partitions: the fields of an object become columns, a pair becomes a key and a value. It shows the first of them, up to the limit, and says how many records the batch has in all. Rows belong to their batch and are shown when it is complete, so a batch that runs again after a recovery replaces its rows: each record is shown exactly once.',
  inputs: oneInput,
  view: 'table',
  params: {
    limit: integerParam({
      label: 'Rows',
      help: 'How many records of each batch are shown at most.',
      min: 1,
      max: 10_000,
      fallback: 100,
      initial: 100,
    }),
  },
  examples: [
    {
      title: 'Rows of each batch',
      params: { limit: 10 },
      inputs: [
        [
          [
            ['a', 1],
            ['b', 2],
          ],
          [],
        ],
      ],
      expected: [
        [
          ['a', 1],
          ['b', 2],
        ],
        [],
      ],
    },
  ],
  lower: ({ limit }, context) => {
    const stream = context.input()
    context.output(stream, { kind: 'rows', limit })
    return stream
  },
})
