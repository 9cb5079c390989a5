import type { Json } from '#engine/model/json.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { flagParam, integerParam, jsonParam, optionalJsonParam } from '#engine/operator/params.ts'
import { MAX_PARTITIONS } from '#engine/operator/partition-params.ts'

type Batch = readonly Json[] | null

export const queueStream = defineOperator({
  name: 'queueStream',
  category: 'sources',
  title: 'Queue',
  glyph: '☰',
  summary: 'Feeds prepared batches, one after another',
  help: 'Hands out the batches you write down, one per batch interval, and empty batches when none is left. It is made for trying things out and for tests: you know exactly what goes in. As in Spark, the batch list shows 0 input records for it, and a pipeline with a queue cannot be recovered from a checkpoint, because the queue itself is not saved.',
  inputs: [],
  output: 'any',
  feed: 'queue',
  params: {
    batches: jsonParam<readonly Batch[]>({
      label: 'Batches',
      help: 'A list with one list of records per batch. null stands for a batch without any RDD, for tests.',
      shape: 'batches',
      initial: [['a', 'b', 'a'], ['b'], []],
    }),
    partitions: integerParam({
      label: 'Partitions',
      help: 'How many even slices each batch is cut into.',
      min: 1,
      max: MAX_PARTITIONS,
      fallback: 1,
      advanced: true,
    }),
    oneAtATime: flagParam({
      label: 'One at a time',
      help: 'On: one entry of the list per batch. Off: the first batch takes everything that is queued.',
      fallback: true,
      advanced: true,
    }),
    defaultBatch: optionalJsonParam<Batch>({
      label: 'Default batch',
      help: 'Records of every batch after the list has run out. Left out: an empty batch.',
      shape: 'batch',
      advanced: true,
    }),
  },
  examples: [
    {
      title: 'One entry per batch, then empty batches',
      params: { batches: [['a', 'b'], ['c']] },
      inputs: [],
      expected: [['a', 'b'], ['c'], []],
    },
    {
      title: 'Everything at once',
      params: { batches: [['a', 'b'], ['c']], oneAtATime: false },
      inputs: [],
      expected: [['a', 'b', 'c'], [], []],
    },
    {
      title: 'A default for later batches',
      params: { batches: [[1]], defaultBatch: [0] },
      inputs: [],
      expected: [[1], [0], [0]],
    },
  ],
  lower: ({ batches, partitions, oneAtATime, defaultBatch }, context) =>
    context.add({ kind: 'source', feed: { kind: 'queue', batches, partitions, oneAtATime, defaultBatch } }),
})
