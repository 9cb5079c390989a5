import { cogroupInputs } from '#engine/operator/cogroups.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { twoPairInputs } from '#engine/operator/ports.ts'
import { checkSameSlides } from '#engine/operator/slide-checks.ts'

export const cogroup = defineOperator({
  name: 'cogroup',
  category: 'joins',
  title: 'Cogroup',
  glyph: '{⋈',
  summary: 'Gathers the values of two streams by key, batch by batch',
  help: 'Makes one pair [key, [lefts, rights]] for every key that at least one of the two streams has in the batch, with an array of all its left values and one of all its right values; the array of a side without the key is empty. All joins are made of it: use it where you want to see both sides of a key at once. Only the same batch is matched; to match across batches put a window in front of an input, with the same slide on both sides. A batch fails when one side has no RDD at all; an empty one is fine.',
  inputs: twoPairInputs,
  output: 'pairs',
  params: { numPartitions: numPartitionsParam },
  examples: [
    {
      title: 'Values of both sides',
      params: {},
      inputs: [
        [
          [
            ['a', 1],
            ['a', 2],
            ['b', 3],
          ],
          [],
        ],
        [
          [
            ['a', 'x'],
            ['c', 'y'],
          ],
          [],
        ],
      ],
      expected: [
        [
          ['a', [[1, 2], ['x']]],
          ['b', [[3], []]],
          ['c', [[], ['y']]],
        ],
        [],
      ],
    },
  ],
  check: (_values, context) => checkSameSlides(context),
  lower: ({ numPartitions }, context) => cogroupInputs(numPartitions, context),
})
