import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'
import { reduceBatches } from '#engine/operator/reductions.ts'

export const reduce = defineOperator({
  name: 'reduce',
  category: 'transformations',
  title: 'Reduce',
  glyph: '⊕',
  summary: 'Combines all records of a batch into one',
  help: 'Combines the records of each batch two at a time, until a single one is left, e.g. their sum or the largest. An empty batch gives no record at all and no error, although reduce on an RDD fails there: when you want 0 for nothing, use count, or union with a stream that always has a 0. Each partition is combined where it is and then all in one partition, so the function must give the same result in any order and grouping.',
  inputs: oneInput,
  output: 'same',
  params: {
    reduce: functionParam({
      label: 'Reduce',
      help: 'Takes two records and returns one of the same sort.',
      signature: '(a, b) => record',
      initial: '(a, b) => a + b',
    }),
  },
  examples: [
    {
      title: 'Sum, and nothing of an empty batch',
      params: { reduce: '(a, b) => a + b' },
      inputs: [[[1, 2, 3], [], [4]]],
      expected: [[6], [], [4]],
    },
    {
      title: 'The largest',
      params: { reduce: '(a, b) => Math.max(a, b)' },
      inputs: [[[3, 7, 5], [2]]],
      expected: [[7], [2]],
    },
    {
      title: 'No result of a batch without an RDD',
      params: { reduce: '(a, b) => a + b' },
      inputs: [[[1, 2], null, [3]]],
      expected: [[3], [3]],
    },
  ],
  lower: (_values, context) => reduceBatches(context.input(), context.userFn('reduce'), context),
})
