import { defineOperator } from '#engine/operator/define-operator.ts'
import { oneInput } from '#engine/operator/ports.ts'
import { checkSaveNames, prefixParam, suffixParam } from '#engine/operator/save-params.ts'

export const saveAsObjectFiles = defineOperator({
  name: 'saveAsObjectFiles',
  category: 'outputs',
  title: 'Save as object files',
  glyph: '⇩',
  summary: 'Saves every batch so that its records can be read back',
  help: 'Makes a directory for every batch, named prefix-time.suffix with the time of the batch in milliseconds, and in it one file per partition, part-00000 and so on, with one record per line as JSON. Where Spark writes serialized Java objects, values that JSON has no word for are tagged, such as {"$":"bigint","v":"12"}, so that every record can be read back as it was. A file _SUCCESS says that the directory is complete. An empty batch has a directory too, and a batch that runs again after a recovery replaces its own: saving is at-least-once, and what is saved is the same as if it had run once. In the browser the files stand in the Files tab; the command line writes them to disk.',
  inputs: oneInput,
  view: 'text',
  params: { prefix: prefixParam('objects'), suffix: suffixParam() },
  examples: [
    {
      title: 'Pairs, one a line: ["a",1]',
      params: { prefix: 'objects' },
      inputs: [
        [
          [
            ['a', 1],
            ['b', 2],
          ],
          [],
        ],
      ],
      expected: [
        [
          ['a', 1],
          ['b', 2],
        ],
        [],
      ],
    },
  ],
  check: checkSaveNames,
  lower: ({ prefix = '', suffix = '' }, context) => {
    const stream = context.input()
    context.output(stream, { kind: 'save', format: 'objects', prefix, suffix })
    return stream
  },
})
