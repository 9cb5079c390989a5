import { defineOperator } from '#engine/operator/define-operator.ts'
import { manyInputs } from '#engine/operator/ports.ts'
import { checkSameSlides } from '#engine/operator/slide-checks.ts'

export const union = defineOperator({
  name: 'union',
  category: 'transformations',
  title: 'Union',
  glyph: '∪',
  summary: 'Puts the records of several streams into one',
  help: 'Passes on all records of all its inputs, duplicates included: first the partitions of the first edge, then those of the next. Nothing is moved or merged, so the result has as many partitions as all inputs together. All inputs must have batches equally often, and every input must have an RDD in the batch: where one has none the batch fails, although an empty RDD is fine.',
  inputs: manyInputs,
  output: 'same',
  params: {},
  examples: [
    {
      title: 'Two streams',
      params: {},
      inputs: [
        [['a'], ['b', 'c'], []],
        [['x'], [], []],
      ],
      expected: [['a', 'x'], ['b', 'c'], []],
    },
    {
      title: 'Duplicates stay',
      params: {},
      inputs: [[[1, 2]], [[2, 3]], [[3]]],
      expected: [[1, 2, 2, 3, 3]],
    },
  ],
  check: (_values, context) => checkSameSlides(context),
  lower: (_values, context) => context.add({ kind: 'union', parents: context.inputs('in') }),
})
