import { problem } from '#engine/model/diagnostic.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { choiceParam, integerParam, optionalTextParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const chart = defineOperator({
  name: 'chart',
  category: 'outputs',
  title: 'Chart',
  glyph: '◿',
  summary: 'Draws the numbers of every batch over batch time',
  help: 'Draws one point per batch: a series for every key of [key, number] pairs, or a single one for plain numbers. Of objects, name the field with the number, and the field that tells the series apart if there is one. When a series has several numbers in a batch, they become one as you choose. The series that are greatest over the batches shown stand apart, and all others are drawn together as one. In a batch without its key the sum and the count of a series are 0, and any other line has no point. Each batch is drawn exactly once: its figures are kept with the checkpoint, under the time of the batch, in the same step that notes the batch as done. A batch that runs again after a recovery replaces its points, and the newest 300 batches are still there after a reload. What is no finite number fails the batch.',
  inputs: oneInput,
  view: 'figures',
  params: {
    form: choiceParam({
      label: 'Form',
      help: 'How the numbers are drawn at first. The panel can change it at any time.',
      options: [
        { value: 'lines', label: 'Lines', help: 'A line per series over batch time.' },
        { value: 'bars', label: 'Bars', help: 'A bar per batch, in which series stand on each other.' },
        { value: 'ranking', label: 'Ranking', help: 'The newest batch alone, greatest series first.' },
      ],
      fallback: 'lines',
      initial: 'lines',
    }),
    combine: choiceParam({
      label: 'Several numbers',
      help: 'What becomes of several numbers of one series in one batch.',
      options: [
        { value: 'sum', label: 'Sum' },
        { value: 'average', label: 'Average' },
        { value: 'least', label: 'Least' },
        { value: 'greatest', label: 'Greatest' },
        { value: 'count', label: 'Count', help: 'How many records there are; their numbers are not read.' },
      ],
      fallback: 'sum',
      initial: 'sum',
    }),
    top: integerParam({
      label: 'Series',
      help: 'How many series are drawn apart, the greatest over the batches shown; the others are drawn together.',
      min: 1,
      max: 8,
      fallback: 5,
      initial: 5,
    }),
    valueField: optionalTextParam({
      label: 'Field with the number',
      help: 'The field of the record, or of the value of a pair, that holds the number. Left empty, the record itself is the number, or the value of a pair.',
      maxLength: 200,
    }),
    keyField: optionalTextParam({
      label: 'Field with the series',
      help: 'The field of the record, or of the value of a pair, whose values tell the series apart. Left empty, the key of a pair does.',
      maxLength: 200,
    }),
  },
  examples: [
    {
      title: 'A line per word',
      params: {},
      inputs: [
        [
          [
            ['the', 3],
            ['a', 1],
          ],
          [['the', 2]],
        ],
      ],
      expected: [
        [
          ['the', 3],
          ['a', 1],
        ],
        [['the', 2]],
      ],
    },
    {
      title: 'The average temperature of each sensor',
      params: { combine: 'average', valueField: 'celsius', keyField: 'sensor' },
      inputs: [
        [
          [
            { sensor: 'a', celsius: 20 },
            { sensor: 'a', celsius: 22 },
          ],
        ],
      ],
      expected: [
        [
          { sensor: 'a', celsius: 20 },
          { sensor: 'a', celsius: 22 },
        ],
      ],
    },
    {
      title: 'How many numbers each batch has',
      params: { form: 'bars', combine: 'count' },
      inputs: [[[7, 8, 9], []]],
      expected: [[7, 8, 9], []],
    },
  ],
  check: ({ combine, valueField = '' }, { node }) =>
    combine !== 'count' || valueField === ''
      ? []
      : [
          problem('chart/not-read', 'Records are counted, so that no number is read from them.', {
            node,
            param: 'valueField',
            hint: 'Leave the field with the number empty, or choose another way for several numbers.',
            fixes: [{ label: 'Use the sum', param: 'combine', value: 'sum' }],
          }),
        ],
  lower: ({ form, combine, top, valueField = '', keyField = '' }, context) => {
    const stream = context.input()
    context.output(stream, {
      kind: 'measure',
      series: 'keys',
      ...(keyField === '' ? {} : { keyField }),
      ...(valueField === '' ? {} : { valueField }),
      combine,
      view: { kind: 'chart', form, top },
    })
    return stream
  },
})
