import { defineOperator } from '#engine/operator/define-operator.ts'
import { addSimulated, checkSimulated, generatorParam, simulatedParams } from '#engine/operator/simulated-source.ts'

const SAMPLE_FN = '(i, random, timeMs) => ({ id: i, value: random() })'

export const simulatedStream = defineOperator({
  name: 'simulatedStream',
  category: 'sources',
  title: 'Simulated records',
  glyph: '≋',
  summary: 'Made-up records at a rate you choose',
  help: 'Makes up records for trying things out: web clicks and sensor readings as objects whose fields you can use at once, without JSON.parse. With custom, your own function makes the records: objects, numbers, pairs, whatever you return. Everything depends only on the seed of the pipeline and the number of the row, so the same document gives the same records on every run, and any batch can be made again after a failure. It takes up no core.',
  inputs: [],
  output: 'any',
  feed: 'simulated',
  params: { generator: generatorParam('What the records are.', 'clicks'), ...simulatedParams },
  examples: [
    {
      title: 'Two records a second of your own',
      params: { generator: 'custom', fn: '(i, random, timeMs) => ({ id: i, even: i % 2 === 0 })', rowsPerSecond: 2 },
      inputs: [],
      expected: [
        [
          { id: 0, even: true },
          { id: 1, even: false },
        ],
        [
          { id: 2, even: true },
          { id: 3, even: false },
        ],
      ],
    },
  ],
  check: (values, context) => checkSimulated(values, SAMPLE_FN, context),
  lower: (values, context) => addSimulated(values, false, context),
})
