import { joinInputs } from '#engine/operator/cogroups.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { twoPairInputs } from '#engine/operator/ports.ts'
import { checkSameSlides } from '#engine/operator/slide-checks.ts'

export const rightOuterJoin = defineOperator({
  name: 'rightOuterJoin',
  category: 'joins',
  title: 'Right outer join',
  glyph: '◑',
  summary: 'Matches pairs by key and keeps right ones without a partner',
  help: "Like join, but no pair of the right stream is lost: where the left stream does not have the key in this batch, the pair [key, [null, right]] is made. Keys of the left stream only are dropped. The null stands for Spark's None; a left value that is itself null looks the same. Only the same batch is matched, so a partner that comes one batch later is missed: to match across batches put a window in front of an input, with the same slide on both sides. A batch fails when one side has no RDD at all; an empty one is fine.",
  inputs: twoPairInputs,
  output: 'pairs',
  params: { numPartitions: numPartitionsParam },
  examples: [
    {
      title: 'Every right pair stays',
      params: {},
      inputs: [
        [
          [
            ['a', 1],
            ['b', 2],
          ],
          [['a', 3]],
          [],
        ],
        [
          [
            ['a', 'x'],
            ['c', 'y'],
          ],
          [],
          [['c', 'z']],
        ],
      ],
      expected: [
        [
          ['a', [1, 'x']],
          ['c', [null, 'y']],
        ],
        [],
        [['c', [null, 'z']]],
      ],
    },
  ],
  check: (_values, context) => checkSameSlides(context),
  // Source: PairRDDFunctions.rightOuterJoin
  lower: ({ numPartitions }, context) =>
    joinInputs(
      numPartitions,
      '([lefts, rights]) => (lefts.length === 0 ? [null] : lefts).flatMap((left) => rights.map((right) => [left, right]))',
      context,
    ),
})
