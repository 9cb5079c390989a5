import { problem } from '#engine/model/diagnostic.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { choiceParam, optionalFunctionParam, optionalTextParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const counter = defineOperator({
  name: 'counter',
  category: 'outputs',
  title: 'Counter',
  glyph: '№',
  summary: 'Shows one big number: of this batch, and of all batches',
  help: 'Counts the records of each batch, or adds up one number of each record, and shows the figure of the newest batch, the total of the whole run and a line of the batches before. Each batch counts exactly once: its figure is kept with the checkpoint, under the time of the batch, in the same step that notes the batch as done. A batch that runs again after a recovery therefore replaces its figure and is not added a second time, and the total goes on after a reload. A batch that fails adds nothing.',
  inputs: oneInput,
  view: 'figures',
  params: {
    measure: choiceParam({
      label: 'Count',
      help: 'What is counted in each batch.',
      options: [
        { value: 'records', label: 'Records' },
        { value: 'sum', label: 'Sum of a number', help: 'Adds up one number of each record.' },
      ],
      fallback: 'records',
      initial: 'records',
    }),
    field: optionalTextParam({
      label: 'Field',
      help: 'For the sum: the field of the record, or of the value of a pair, that holds the number. Left empty, the record itself is the number, or the value of a pair.',
      maxLength: 200,
    }),
    fn: optionalFunctionParam({
      label: 'Number of a record',
      help: 'For the sum, in place of a field: takes a record and gives its number.',
      signature: '(record) => number',
      advanced: true,
    }),
  },
  examples: [
    {
      title: 'Three records, then none: the total stays 3',
      params: {},
      inputs: [[['a', 'b', 'c'], []]],
      expected: [['a', 'b', 'c'], []],
    },
    {
      title: 'The sum of a field',
      params: { measure: 'sum', field: 'amount' },
      inputs: [[[{ amount: 2 }, { amount: 40 }]]],
      expected: [[{ amount: 2 }, { amount: 40 }]],
    },
    {
      title: 'The sum of what a function gives',
      params: { measure: 'sum', fn: 'line => line.length' },
      inputs: [[['one', 'three']]],
      expected: [['one', 'three']],
    },
  ],
  check: ({ measure, field, fn }, { node }) => {
    if (fn !== undefined && field !== undefined && field !== '')
      return [
        problem('counter/field-and-function', 'The number comes from a field or from a function, not from both.', {
          node,
          param: 'field',
          hint: 'Leave one of them empty.',
        }),
      ]
    if (measure === 'sum' || (fn === undefined && (field ?? '') === '')) return []
    return [
      problem('counter/not-summed', 'Records are counted, so that no number is read from them.', {
        node,
        param: 'measure',
        hint: 'Choose the sum of a number, or leave the field and the function empty.',
        fixes: [{ label: 'Use the sum', param: 'measure', value: 'sum' }],
      }),
    ]
  },
  lower: ({ measure, field = '', fn }, context) => {
    const stream = context.input()
    context.output(stream, {
      kind: 'measure',
      series: 'one',
      ...(field === '' ? {} : { valueField: field }),
      ...(fn === undefined ? {} : { fn: context.userFn('fn') }),
      combine: measure === 'sum' ? 'sum' : 'count',
      view: { kind: 'counter' },
    })
    return stream
  },
})
