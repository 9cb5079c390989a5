import { defineOperator } from '#engine/operator/define-operator.ts'
import { oneInput } from '#engine/operator/ports.ts'
import { checkWindow } from '#engine/operator/window-checks.ts'
import { optionalSlideMsParam, windowMsParam } from '#engine/operator/window-params.ts'

export const window = defineOperator({
  name: 'window',
  category: 'windows',
  title: 'Window',
  glyph: '▭',
  summary: 'Repeats the records of the last few batches together',
  help: 'Gives, once per slide, all records of the last batches that fit into the window, oldest batch first. With a slide shorter than the window a record is in several results; with a longer one records between the windows are lost. At the start the window is simply shorter, and after the input has ended it empties batch by batch. The batches are kept in memory for as long as the window needs them.',
  inputs: oneInput,
  output: 'same',
  params: { windowMs: windowMsParam, slideMs: optionalSlideMsParam },
  examples: [
    {
      title: 'The last two batches',
      params: { windowMs: 2000 },
      inputs: [[['a'], ['b'], ['c'], [], []]],
      expected: [['a'], ['a', 'b'], ['b', 'c'], ['c'], []],
    },
    {
      title: 'Every second batch, two batches at a time',
      params: { windowMs: 2000, slideMs: 2000 },
      inputs: [[['a'], ['b'], ['c'], ['d']]],
      expected: [
        ['a', 'b'],
        ['c', 'd'],
      ],
    },
    {
      title: 'A batch without an RDD is skipped',
      params: { windowMs: 2000 },
      inputs: [[['a'], null, ['c']]],
      expected: [['a'], ['a'], ['c']],
    },
  ],
  check: (values, context) => checkWindow('windowed', values, context),
  slideMs: ({ slideMs }, [parentMs], batchMs) => slideMs ?? parentMs ?? batchMs,
  lower: ({ windowMs, slideMs }, context) => {
    const parent = context.input()
    return context.add({ kind: 'windowed', parent, windowMs, slideMs: slideMs ?? context.slideMs(parent) })
  },
})
