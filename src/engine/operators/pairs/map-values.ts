import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { pairInput } from '#engine/operator/ports.ts'

export const mapValues = defineOperator({
  name: 'mapValues',
  category: 'pairs',
  title: 'Map values',
  glyph: '⇥',
  summary: 'Turns the value of every pair into another, keeps the key',
  help: 'Calls your function with the value of each pair and passes on the pair with the result in its place. Because keys cannot change, Spark still knows which partition each key is in, and a by-key operator behind it need not move the data again; after map it would have to.',
  inputs: pairInput,
  output: 'pairs',
  params: {
    fn: functionParam({
      label: 'Function',
      help: 'Takes the value of a pair and returns the new value.',
      signature: '(value) => value',
      initial: 'value => value',
    }),
  },
  examples: [
    {
      title: 'Doubled values',
      params: { fn: 'n => n * 2' },
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
          ['a', 2],
          ['b', 4],
        ],
        [],
      ],
    },
  ],
  lower: (_values, context) =>
    context.add({ kind: 'narrow', step: 'mapValues', parent: context.input(), fn: context.userFn('fn') }),
})
