import { defineOperator } from '#engine/operator/define-operator.ts'

export const manualStream = defineOperator({
  name: 'manualStream',
  category: 'sources',
  title: 'Typed lines',
  glyph: '⌨',
  summary: 'Lines that you type or paste while the pipeline runs',
  help: 'Every line you type or paste while the pipeline runs becomes one record of text, in the batch in which it arrives. It works like a socket: a receiver waits for lines and takes up one core for as long as the pipeline runs, so the master needs one core more than there are receivers, e.g. local[2] for one. Typed lines cannot be fetched again after a recovery.',
  inputs: [],
  output: 'values',
  feed: 'receiver',
  params: {},
  examples: [],
  lower: (_values, context) =>
    context.add({ kind: 'source', feed: { kind: 'receiver', receiver: { kind: 'manual' } } }),
})
