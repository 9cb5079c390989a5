import { defineOperator } from '#engine/operator/define-operator.ts'
import { oneInput } from '#engine/operator/ports.ts'
import { mapOwn, reduceIncrementally } from '#engine/operator/reductions.ts'
import { checkReducedWindow } from '#engine/operator/window-checks.ts'
import { slideMsParam, windowMsParam } from '#engine/operator/window-params.ts'

export const countByWindow = defineOperator({
  name: 'countByWindow',
  category: 'windows',
  title: 'Count by window',
  glyph: '#▭',
  summary: 'Counts the records of the last few batches',
  help: 'Gives one number per slide: how many records the window holds. It does not count them anew: it takes its previous number, subtracts what has left the window and adds what came in, and therefore needs checkpointing. Until the very first record has arrived it gives nothing at all, not even 0; from then on it gives a number at every slide, 0 included.',
  inputs: oneInput,
  output: 'values',
  params: { windowMs: windowMsParam, slideMs: slideMsParam },
  examples: [
    {
      title: 'The last two batches',
      params: { windowMs: 2000, slideMs: 1000 },
      inputs: [[['a'], ['b', 'c'], [], [], ['d']]],
      expected: [[1], [3], [2], [0], [1]],
    },
    {
      title: 'Nothing before the first record',
      params: { windowMs: 2000, slideMs: 1000 },
      inputs: [[[], [], ['a'], [], []]],
      expected: [[], [], [1], [1], [0]],
    },
  ],
  check: checkReducedWindow,
  slideMs: ({ slideMs }) => slideMs,
  // Source: DStream.countByWindow, DStream.reduceByWindow with an inverse
  lower: ({ windowMs, slideMs }, context) => {
    const keyed = mapOwn(mapOwn(context.input(), '() => 1', context), '(n) => [1, n]', context)
    const reduce = context.ownFn('(a, b) => a + b')
    const inverse = context.ownFn('(a, b) => a - b')
    const sums = reduceIncrementally(keyed, { reduce, inverse, windowMs, slideMs, partitions: 1 }, context)
    return mapOwn(sums, '([, count]) => count', context)
  },
})
