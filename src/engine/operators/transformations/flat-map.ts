import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const flatMap = defineOperator({
  name: 'flatMap',
  category: 'transformations',
  title: 'Flat map',
  glyph: '⋔',
  summary: 'Turns every record into any number of records',
  help: 'Calls your function once for each record. The function returns an array (or anything else that can be iterated), and each of its elements becomes a record of its own; an empty array drops the record. Splitting lines into words is the usual example. A text is iterated letter by letter, so return [text] when you mean the whole text.',
  inputs: oneInput,
  output: 'any',
  params: {
    fn: functionParam({
      label: 'Function',
      help: 'Takes one record and returns an array of records.',
      signature: '(record) => records',
      initial: "line => line.split(' ')",
    }),
  },
  examples: [
    {
      title: 'Words of lines',
      params: { fn: "line => line.split(' ')" },
      inputs: [[['to be', 'or not'], [], ['to be']]],
      expected: [['to', 'be', 'or', 'not'], [], ['to', 'be']],
    },
    {
      title: 'An empty array drops the record',
      params: { fn: 'n => n % 2 === 0 ? [] : [n, n]' },
      inputs: [[[1, 2, 3]]],
      expected: [[1, 1, 3, 3]],
    },
  ],
  lower: (_values, context) =>
    context.add({ kind: 'narrow', step: 'flatMap', parent: context.input(), fn: context.userFn('fn') }),
})
