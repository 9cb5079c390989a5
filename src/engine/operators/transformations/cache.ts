import { defineOperator } from '#engine/operator/define-operator.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const cache = defineOperator({
  name: 'cache',
  category: 'transformations',
  title: 'Cache',
  glyph: '▣',
  summary: 'Keeps each batch instead of making it anew for every use',
  help: 'Marks the stream it is connected to, and hands it on unchanged. Without it, every output, and every action in a foreachRDD, makes the batch again: your functions run once for each of them. With it they run once per batch, and the records are kept until no window needs them. The mark also holds for other uses of the same stream. Windows and states keep what they need by themselves.',
  inputs: oneInput,
  output: 'same',
  params: {},
  examples: [
    {
      title: 'The records stay the same',
      params: {},
      inputs: [[['a', 'b'], []]],
      expected: [['a', 'b'], []],
    },
  ],
  lower: (_values, context) => {
    const stream = context.input()
    context.persist(stream)
    return stream
  },
})
