import { defineOperator } from '#engine/operator/define-operator.ts'
import { oneInput } from '#engine/operator/ports.ts'
import { checkSaveNames, prefixParam, suffixParam } from '#engine/operator/save-params.ts'

export const saveAsTextFiles = defineOperator({
  name: 'saveAsTextFiles',
  category: 'outputs',
  title: 'Save as text files',
  glyph: '↧',
  summary: 'Saves every batch as text files, one per partition',
  help: 'Makes a directory for every batch, named prefix-time.suffix with the time of the batch in milliseconds, and in it one file per partition, part-00000 and so on, with a line per record: a text as it stands, a pair as (key,value), anything else as print writes it. A file _SUCCESS says that the directory is complete. An empty batch has a directory too. Saving is at-least-once: a batch that runs again after a recovery replaces its directory, so that what is saved is the same as if it had run once. In the browser the files stand in the Files tab; the command line writes them to disk.',
  inputs: oneInput,
  view: 'text',
  params: { prefix: prefixParam('out'), suffix: suffixParam() },
  examples: [
    {
      title: 'A directory out-1000.txt, then out-2000.txt, which is empty',
      params: { prefix: 'out', suffix: 'txt' },
      inputs: [[['a line', 'another'], []]],
      expected: [['a line', 'another'], []],
    },
  ],
  check: checkSaveNames,
  lower: ({ prefix = '', suffix = '' }, context) => {
    const stream = context.input()
    context.output(stream, { kind: 'save', format: 'text', prefix, suffix })
    return stream
  },
})
