import { joinInputs } from '#engine/operator/cogroups.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { twoPairInputs } from '#engine/operator/ports.ts'
import { checkSameSlides } from '#engine/operator/slide-checks.ts'

export const join = defineOperator({
  name: 'join',
  category: 'joins',
  title: 'Join',
  glyph: '⋈',
  summary: 'Matches the pairs of two streams by key, batch by batch',
  help: 'For every key that both streams have in the same batch, makes a pair [key, [left, right]] for each combination of a left and a right value: two left and three right values of a key make six pairs. Keys of one side only are dropped. Only the same batch is matched; to match across batches put a window in front of an input, with the same slide on both sides. A batch fails when one side has no RDD at all; an empty one is fine.',
  inputs: twoPairInputs,
  output: 'pairs',
  params: { numPartitions: numPartitionsParam },
  examples: [
    {
      title: 'Keys of both sides',
      params: {},
      inputs: [
        [
          [
            ['a', 1],
            ['b', 2],
          ],
          [['a', 3]],
        ],
        [
          [
            ['a', 'x'],
            ['c', 'y'],
          ],
          [],
        ],
      ],
      expected: [[['a', [1, 'x']]], []],
    },
    {
      title: 'Every combination',
      params: {},
      inputs: [
        [
          [
            ['a', 1],
            ['a', 2],
          ],
        ],
        [
          [
            ['a', 'x'],
            ['a', 'y'],
          ],
        ],
      ],
      expected: [
        [
          ['a', [1, 'x']],
          ['a', [1, 'y']],
          ['a', [2, 'x']],
          ['a', [2, 'y']],
        ],
      ],
    },
  ],
  check: (_values, context) => checkSameSlides(context),
  lower: ({ numPartitions }, context) =>
    joinInputs(
      numPartitions,
      '([lefts, rights]) => lefts.flatMap((left) => rights.map((right) => [left, right]))',
      context,
    ),
})
