import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'
import { mapOwn, reduceBatches, reduceIncrementally } from '#engine/operator/reductions.ts'
import { checkInvertibleWindow } from '#engine/operator/window-checks.ts'
import { inverseParam, slideMsParam, windowMsParam } from '#engine/operator/window-params.ts'

const numbers = [[], [1, 2], [3], [], []] as const

export const reduceByWindow = defineOperator({
  name: 'reduceByWindow',
  category: 'windows',
  title: 'Reduce by window',
  glyph: '⊕▭',
  summary: 'Combines all records of the last few batches into one',
  help: 'Combines the records of the last batches two at a time, once per slide, until a single one is left. A window without records gives nothing. With an inverse function Spark goes on from its previous result: it takes out what left the window and adds what came in. That is faster for long windows, needs checkpointing, and has a surprise: once the first record has arrived there is always a result, in an empty window what the inverse function leaves, e.g. 0. The function must give the same result in any order and grouping.',
  inputs: oneInput,
  output: 'same',
  params: {
    reduce: functionParam({
      label: 'Reduce',
      help: 'Takes two records and returns one of the same sort.',
      signature: '(a, b) => record',
      initial: '(a, b) => a + b',
    }),
    windowMs: windowMsParam,
    slideMs: slideMsParam,
    inverse: inverseParam,
  },
  examples: [
    {
      title: 'Without inverse an empty window gives nothing',
      params: { reduce: '(a, b) => a + b', windowMs: 2000, slideMs: 1000 },
      inputs: [numbers],
      expected: [[], [3], [6], [3], []],
    },
    {
      title: 'With inverse 0 stays',
      params: { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', windowMs: 2000, slideMs: 1000 },
      inputs: [numbers],
      expected: [[], [3], [6], [3], [0]],
    },
    {
      title: 'The largest of every two batches',
      params: { reduce: '(a, b) => Math.max(a, b)', windowMs: 2000, slideMs: 2000 },
      inputs: [[[3], [7, 5], [2], []]],
      expected: [[7], [2]],
    },
  ],
  check: checkInvertibleWindow,
  slideMs: ({ slideMs }) => slideMs,
  // Source: DStream.reduceByWindow
  lower: ({ windowMs, slideMs, inverse }, context) => {
    const reduce = context.userFn('reduce')
    if (inverse === undefined) {
      const parent = reduceBatches(context.input(), reduce, context)
      return reduceBatches(context.add({ kind: 'windowed', parent, windowMs, slideMs }), reduce, context)
    }
    const keyed = mapOwn(context.input(), '(value) => [1, value]', context)
    const reduction = { reduce, inverse: context.userFn('inverse'), windowMs, slideMs, partitions: 1 }
    return mapOwn(reduceIncrementally(keyed, reduction, context), '([, value]) => value', context)
  },
})
