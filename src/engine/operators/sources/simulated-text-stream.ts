import { defineOperator } from '#engine/operator/define-operator.ts'
import { addSimulated, checkSimulated, generatorParam, simulatedParams } from '#engine/operator/simulated-source.ts'

const SAMPLE_FN = "(i, random, timeMs) => 'line ' + i"

export const simulatedTextStream = defineOperator({
  name: 'simulatedTextStream',
  category: 'sources',
  title: 'Simulated text',
  glyph: '∿',
  summary: 'Made-up lines of text at a rate you choose',
  help: 'Makes up lines of text for trying things out: sentences to split into words, or clicks and sensor readings written as one JSON object per line, which JSON.parse reads. With custom, your own function makes the records. Everything depends only on the seed of the pipeline and the number of the row, so the same document gives the same lines on every run, and any batch can be made again after a failure. It takes up no core.',
  inputs: [],
  output: 'any',
  feed: 'simulated',
  params: {
    generator: generatorParam('What the lines look like.', 'sentences'),
    ...simulatedParams,
  },
  examples: [
    {
      title: 'Two rows a second of your own',
      params: { generator: 'custom', fn: "(i) => 'row ' + i", rowsPerSecond: 2 },
      inputs: [],
      expected: [
        ['row 0', 'row 1'],
        ['row 2', 'row 3'],
      ],
    },
  ],
  check: (values, context) => checkSimulated(values, SAMPLE_FN, context),
  lower: (values, context) => addSimulated(values, true, context),
})
