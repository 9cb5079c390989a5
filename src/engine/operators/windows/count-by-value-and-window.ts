import { defineOperator } from '#engine/operator/define-operator.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { oneInput } from '#engine/operator/ports.ts'
import { mapOwn, reduceIncrementally } from '#engine/operator/reductions.ts'
import { checkReducedWindow } from '#engine/operator/window-checks.ts'
import { slideMsParam, windowMsParam } from '#engine/operator/window-params.ts'

export const countByValueAndWindow = defineOperator({
  name: 'countByValueAndWindow',
  category: 'windows',
  title: 'Count by value and window',
  glyph: '=▭',
  summary: 'Counts how often each record occurs in the last few batches',
  help: 'Makes, once per slide, one pair [record, count] for each different record of the last batches. It does not count them anew: it takes its previous counts, subtracts what has left the window and adds what came in, and therefore needs checkpointing. Values that are no longer in the window are dropped, unlike the zeros that reduceByKeyAndWindow with an inverse function keeps. Records are equal when their contents are, arrays and objects included; 1 and "1" are different.',
  inputs: oneInput,
  output: 'pairs',
  params: { windowMs: windowMsParam, slideMs: slideMsParam, numPartitions: numPartitionsParam },
  examples: [
    {
      title: 'The last two batches',
      params: { windowMs: 2000, slideMs: 1000 },
      inputs: [[['a', 'a'], ['b', 'a'], [], [], ['b']]],
      expected: [
        [['a', 2]],
        [
          ['a', 3],
          ['b', 1],
        ],
        [
          ['a', 1],
          ['b', 1],
        ],
        [],
        [['b', 1]],
      ],
    },
  ],
  check: checkReducedWindow,
  slideMs: ({ slideMs }) => slideMs,
  // Source: DStream.countByValueAndWindow
  lower: ({ windowMs, slideMs, numPartitions }, context) =>
    reduceIncrementally(
      mapOwn(context.input(), '(value) => [value, 1]', context),
      {
        reduce: context.ownFn('(a, b) => a + b'),
        inverse: context.ownFn('(a, b) => a - b'),
        filter: context.ownFn('([, count]) => count !== 0'),
        windowMs,
        slideMs,
        partitions: numPartitions ?? context.defaultParallelism,
      },
      context,
    ),
})
