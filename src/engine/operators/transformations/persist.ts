import { defineOperator } from '#engine/operator/define-operator.ts'
import { choiceParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'
import { storageLevels } from '#engine/operator/storage-levels.ts'

export const persist = defineOperator({
  name: 'persist',
  category: 'transformations',
  title: 'Persist',
  glyph: '▤',
  summary: 'As cache, with a storage level',
  help: 'Does what cache does, and names the storage level that a Spark cluster would use. In this engine all levels keep the records in memory, so the choice changes nothing here.',
  inputs: oneInput,
  output: 'same',
  params: {
    storageLevel: choiceParam({
      label: 'Storage level',
      help: 'Where a Spark cluster would keep the records.',
      options: storageLevels.map((value) => ({ value, label: value })),
      fallback: 'MEMORY_ONLY_SER',
    }),
  },
  examples: [
    {
      title: 'The records stay the same',
      params: { storageLevel: 'MEMORY_ONLY' },
      inputs: [[[1, 2], []]],
      expected: [[1, 2], []],
    },
  ],
  lower: (_values, context) => {
    const stream = context.input()
    context.persist(stream)
    return stream
  },
})
