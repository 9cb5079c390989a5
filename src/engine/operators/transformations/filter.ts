import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const filter = defineOperator({
  name: 'filter',
  category: 'transformations',
  title: 'Filter',
  glyph: '▽',
  summary: 'Keeps the records that pass a test',
  help: 'Calls your function once for each record and keeps the record when the result is true. Order and partitions stay as they are. A batch in which nothing passes is an empty batch, not a missing one: operators behind it still run.',
  inputs: oneInput,
  output: 'same',
  params: {
    fn: functionParam({
      label: 'Test',
      help: 'Takes one record and returns true to keep it.',
      signature: '(record) => boolean',
      initial: 'record => true',
    }),
  },
  examples: [
    {
      title: 'Even numbers',
      params: { fn: 'n => n % 2 === 0' },
      inputs: [[[1, 2, 3, 4], [5, 7], [6]]],
      expected: [[2, 4], [], [6]],
    },
  ],
  lower: (_values, context) =>
    context.add({ kind: 'narrow', step: 'filter', parent: context.input(), fn: context.userFn('fn') }),
})
