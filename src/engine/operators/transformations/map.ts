import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const map = defineOperator({
  name: 'map',
  category: 'transformations',
  title: 'Map',
  glyph: '↦',
  summary: 'Turns every record into one other record',
  help: 'Calls your function once for each record and passes on what it returns: as many records leave as arrive, in the same order and the same partitions. To make pairs for the by-key operators, return an array of two: word => [word, 1]. To drop records use filter; to make several of one use flatMap.',
  inputs: oneInput,
  output: 'any',
  params: {
    fn: functionParam({
      label: 'Function',
      help: 'Takes one record and returns the record that replaces it.',
      signature: '(record) => record',
      initial: 'record => record',
    }),
  },
  examples: [
    {
      title: 'Squares',
      params: { fn: 'n => n * n' },
      inputs: [[[1, 2, 3], [], [4]]],
      expected: [[1, 4, 9], [], [16]],
    },
    {
      title: 'Pairs for counting',
      params: { fn: 'word => [word, 1]' },
      inputs: [[['a', 'b', 'a']]],
      expected: [
        [
          ['a', 1],
          ['b', 1],
          ['a', 1],
        ],
      ],
    },
  ],
  lower: (_values, context) =>
    context.add({ kind: 'narrow', step: 'map', parent: context.input(), fn: context.userFn('fn') }),
})
