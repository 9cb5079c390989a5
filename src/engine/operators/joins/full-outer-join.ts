import { joinInputs } from '#engine/operator/cogroups.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { twoPairInputs } from '#engine/operator/ports.ts'
import { checkSameSlides } from '#engine/operator/slide-checks.ts'

export const fullOuterJoin = defineOperator({
  name: 'fullOuterJoin',
  category: 'joins',
  title: 'Full outer join',
  glyph: '●',
  summary: 'Matches pairs by key and keeps those of both sides',
  help: "Like join, but no pair of either stream is lost: where one side does not have the key in this batch, null stands in its place, as in [key, [left, null]] or [key, [null, right]]. The null stands for Spark's None; a value that is itself null looks the same. Only the same batch is matched, so a partner that comes one batch later is missed: to match across batches put a window in front of an input, with the same slide on both sides. A batch fails when one side has no RDD at all; an empty one is fine.",
  inputs: twoPairInputs,
  output: 'pairs',
  params: { numPartitions: numPartitionsParam },
  examples: [
    {
      title: 'Every pair stays',
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
          ['b', [2, null]],
          ['c', [null, 'y']],
        ],
        [['a', [3, null]]],
        [['c', [null, 'z']]],
      ],
    },
  ],
  check: (_values, context) => checkSameSlides(context),
  // Source: PairRDDFunctions.fullOuterJoin
  lower: ({ numPartitions }, context) =>
    joinInputs(
      numPartitions,
      '([lefts, rights]) => (lefts.length === 0 ? [null] : lefts).flatMap((left) => (rights.length === 0 ? [null] : rights).map((right) => [left, right]))',
      context,
    ),
})
