import type { Json } from '#engine/model/json.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { jsonParam, optionalIntegerParam } from '#engine/operator/params.ts'
import { MAX_PARTITIONS } from '#engine/operator/partition-params.ts'

export const constantStream = defineOperator({
  name: 'constantStream',
  category: 'sources',
  title: 'Constant',
  glyph: '≡',
  summary: 'Feeds the same records in every batch',
  help: 'Hands out the same RDD in every batch, for as long as the pipeline runs: good for a list to join with, or as steady input for trying out windows and state. As in Spark, the batch list shows 0 input records for it. After a recovery from a checkpoint it goes on, which in Spark it cannot: the RDD itself is not saved there.',
  inputs: [],
  output: 'any',
  feed: 'queue',
  params: {
    records: jsonParam<readonly Json[]>({
      label: 'Records',
      help: 'A list with the records of each batch.',
      shape: 'records',
      initial: [
        ['a', 1],
        ['b', 2],
      ],
    }),
    partitions: optionalIntegerParam({
      label: 'Partitions',
      help: 'How many even slices the records are cut into. Left out: the default parallelism, normally one per core.',
      min: 1,
      max: MAX_PARTITIONS,
      advanced: true,
    }),
  },
  examples: [
    {
      title: 'Every batch the same',
      params: { records: ['a', 'b'] },
      inputs: [],
      expected: [
        ['a', 'b'],
        ['a', 'b'],
        ['a', 'b'],
      ],
    },
  ],
  // Source: ConstantInputDStream over SparkContext.parallelize. A queue that is empty from the start always gives its default.
  lower: ({ records, partitions }, context) =>
    context.add({
      kind: 'source',
      feed: {
        kind: 'queue',
        batches: [],
        partitions: partitions ?? context.defaultParallelism,
        oneAtATime: true,
        defaultBatch: records,
      },
    }),
})
