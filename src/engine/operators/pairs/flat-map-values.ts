import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { pairInput } from '#engine/operator/ports.ts'

export const flatMapValues = defineOperator({
  name: 'flatMapValues',
  category: 'pairs',
  title: 'Flat map values',
  glyph: '⇉',
  summary: 'Turns the value of every pair into any number of values',
  help: 'Calls your function with the value of each pair. The function returns an array (or anything else that can be iterated), and each of its elements becomes a pair of its own with the same key; an empty array drops the pair. Because keys cannot change, Spark still knows which partition each key is in, and a by-key operator behind it need not move the data again; after flatMap it would have to. A text is iterated letter by letter, so return [text] when you mean the whole text.',
  inputs: pairInput,
  output: 'pairs',
  params: {
    fn: functionParam({
      label: 'Function',
      help: 'Takes the value of a pair and returns an array of values.',
      signature: '(value) => values',
      initial: 'value => [value]',
    }),
  },
  examples: [
    {
      title: 'Words of each line',
      params: { fn: "line => line.split(' ')" },
      inputs: [
        [
          [
            ['a', 'to be'],
            ['b', 'or'],
          ],
          [],
        ],
      ],
      expected: [
        [
          ['a', 'to'],
          ['a', 'be'],
          ['b', 'or'],
        ],
        [],
      ],
    },
    {
      title: 'An empty array drops the pair',
      params: { fn: 'n => n > 1 ? [n, -n] : []' },
      inputs: [
        [
          [
            ['a', 1],
            ['b', 2],
          ],
        ],
      ],
      expected: [
        [
          ['b', 2],
          ['b', -2],
        ],
      ],
    },
  ],
  lower: (_values, context) =>
    context.add({ kind: 'narrow', step: 'flatMapValues', parent: context.input(), fn: context.userFn('fn') }),
})
