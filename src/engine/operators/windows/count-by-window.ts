import { checkCheckpointing } from '#engine/operator/checkpoint-checks.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { oneInput } from '#engine/operator/ports.ts'
import { checkWindow } from '#engine/operator/window-checks.ts'
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
  check: (values, context) => [
    ...checkWindow('reduced', values, context),
    ...checkCheckpointing({ stream: 'ReducedWindowedDStream', slideMs: values.slideMs }, context),
  ],
  slideMs: ({ slideMs }) => slideMs,
  // Source: DStream.countByWindow, DStream.reduceByWindow with an inverse
  lower: ({ windowMs, slideMs }, context) => {
    const map = (parent: number, fn: string) =>
      context.add({ kind: 'narrow', step: 'map', parent, fn: context.ownFn(fn) })
    const keyed = map(map(context.input(), '() => 1'), '(n) => [1, n]')
    const reduce = context.ownFn('(a, b) => a + b')
    const sums = context.add({
      kind: 'shuffled',
      parent: keyed,
      combine: { kind: 'reduce', fn: reduce },
      partitions: 1,
    })
    const inverse = context.ownFn('(a, b) => a - b')
    const window = context.add({
      kind: 'reducedWindow',
      parent: sums,
      reduce,
      inverse,
      windowMs,
      slideMs,
      partitions: 1,
    })
    return map(window, '([, count]) => count')
  },
})
