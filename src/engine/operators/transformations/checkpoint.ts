import { checkCheckpointing } from '#engine/operator/checkpoint-checks.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { durationParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const checkpoint = defineOperator({
  name: 'checkpoint',
  category: 'transformations',
  title: 'Checkpoint',
  glyph: '⚑',
  summary: 'Saves the stream at an interval, so that recovery starts there',
  help: 'Marks the stream it is connected to, and hands it on unchanged. At every multiple of the interval the whole RDD is saved; after a loss nothing before it has to be made again. States and incremental windows are saved by themselves, about every ten seconds: connect this to one of them to choose another interval. Often costs time in every batch, seldom costs time in recovery; five to ten slides is usual. Needs checkpointing.',
  inputs: oneInput,
  output: 'same',
  params: {
    intervalMs: durationParam({
      label: 'Interval',
      help: 'How often the stream is saved, in milliseconds: a multiple of its slide.',
      initial: 10_000,
    }),
  },
  examples: [
    {
      title: 'The records stay the same',
      params: { intervalMs: 2000 },
      inputs: [[['a'], ['b'], []]],
      expected: [['a'], ['b'], []],
    },
  ],
  check: ({ intervalMs }, context) =>
    checkCheckpointing(
      {
        stream: 'DStream',
        slideMs: context.inputSlidesMs[0] ?? context.batchMs,
        checkpointMs: intervalMs,
        param: 'intervalMs',
      },
      context,
    ),
  lower: ({ intervalMs }, context) => {
    const stream = context.input()
    context.checkpoint(stream, intervalMs)
    return stream
  },
})
