import { defineOperator } from '#engine/operator/define-operator.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const count = defineOperator({
  name: 'count',
  category: 'transformations',
  title: 'Count',
  glyph: '#',
  summary: 'Counts the records of each batch',
  help: 'Gives exactly one number per batch: how many records it has, 0 for an empty batch. The number stands in one of the partitions, the others are empty. A batch without any RDD fails, because Spark adds the zero to an RDD that must be there.',
  inputs: oneInput,
  output: 'values',
  params: {},
  examples: [
    {
      title: 'Zero for an empty batch',
      params: {},
      inputs: [[['a', 'b', 'a'], [], ['c']]],
      expected: [[3], [0], [1]],
    },
  ],
  // Source: DStream.count
  lower: (_values, context) => {
    const ones = context.add({
      kind: 'narrow',
      step: 'map',
      parent: context.input(),
      fn: context.ownFn('() => [null, 1]'),
    })
    const withZero = context.add({ kind: 'appended', parent: ones, records: [[null, 0]] })
    const sum = context.add({
      kind: 'shuffled',
      parent: withZero,
      combine: { kind: 'reduce', fn: context.ownFn('(a, b) => a + b') },
      partitions: context.defaultParallelism,
    })
    return context.add({ kind: 'narrow', step: 'map', parent: sum, fn: context.ownFn('([, count]) => count') })
  },
})
