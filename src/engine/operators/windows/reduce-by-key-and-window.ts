import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import type { CheckContext } from '#engine/operator/operator.ts'
import { functionParam, optionalFunctionParam } from '#engine/operator/params.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { pairInput } from '#engine/operator/ports.ts'
import { reduceIncrementally } from '#engine/operator/reductions.ts'
import { checkInvertibleWindow } from '#engine/operator/window-checks.ts'
import { inverseParam, optionalSlideMsParam, windowMsParam } from '#engine/operator/window-params.ts'

const ones = [[['a', 1]], [['a', 1]], [['b', 1]], [], []] as const

export const reduceByKeyAndWindow = defineOperator({
  name: 'reduceByKeyAndWindow',
  category: 'windows',
  title: 'Reduce by key and window',
  glyph: 'Σ▭',
  summary: 'Combines the values of each key over the last few batches',
  help: 'Like reduceByKey, over a window: once per slide, one value per key of the last batches. Without an inverse function the values of the whole window are combined again each time, and a key that is no longer in the window is gone. With an inverse function Spark goes on from its previous result: it takes out what left the window and adds what came in. That is faster for long windows, needs checkpointing, and has a surprise: keys never disappear on their own, a sum stays in the result with 0 for ever. Give a filter such as ([key, value]) => value !== 0 to drop them; what it drops is really forgotten, so it must not drop a key that still has values in the window.',
  inputs: pairInput,
  output: 'pairs',
  params: {
    reduce: functionParam({
      label: 'Reduce',
      help: 'Takes two values of one key and returns one value of the same sort.',
      signature: '(a, b) => value',
      initial: '(a, b) => a + b',
    }),
    windowMs: windowMsParam,
    slideMs: optionalSlideMsParam,
    inverse: inverseParam,
    filter: optionalFunctionParam({
      label: 'Keep',
      help: 'With an inverse function: takes a pair [key, value] of the result and returns true to keep it.',
      signature: '([key, value]) => boolean',
    }),
    numPartitions: numPartitionsParam,
  },
  examples: [
    {
      title: 'Without inverse a key leaves with the window',
      params: { reduce: '(a, b) => a + b', windowMs: 2000 },
      inputs: [ones],
      expected: [
        [['a', 1]],
        [['a', 2]],
        [
          ['a', 1],
          ['b', 1],
        ],
        [['b', 1]],
        [],
      ],
    },
    {
      title: 'With inverse a key stays with 0',
      params: { reduce: '(a, b) => a + b', inverse: '(a, b) => a - b', windowMs: 2000 },
      inputs: [ones],
      expected: [
        [['a', 1]],
        [['a', 2]],
        [
          ['a', 1],
          ['b', 1],
        ],
        [
          ['a', 0],
          ['b', 1],
        ],
        [
          ['a', 0],
          ['b', 0],
        ],
      ],
    },
    {
      title: 'With a filter the zeros go',
      params: {
        reduce: '(a, b) => a + b',
        inverse: '(a, b) => a - b',
        filter: '([key, value]) => value !== 0',
        windowMs: 2000,
      },
      inputs: [ones],
      expected: [
        [['a', 1]],
        [['a', 2]],
        [
          ['a', 1],
          ['b', 1],
        ],
        [['b', 1]],
        [],
      ],
    },
  ],
  check: (values, context) => [...checkInvertibleWindow(values, context), ...checkFilter(values, context)],
  slideMs: ({ slideMs }, [parentMs], batchMs) => slideMs ?? parentMs ?? batchMs,
  // Source: PairDStreamFunctions.reduceByKeyAndWindow
  lower: (values, context) => {
    const { windowMs } = values
    const slideMs = values.slideMs ?? context.slideMs(context.input())
    const partitions = values.numPartitions ?? context.defaultParallelism
    const reduce = context.userFn('reduce')
    if (values.inverse === undefined) {
      const reduced = (parent: number) =>
        context.add({ kind: 'shuffled', parent, combine: { kind: 'reduce', fn: reduce }, partitions })
      return reduced(context.add({ kind: 'windowed', parent: reduced(context.input()), windowMs, slideMs }))
    }
    const inverse = context.userFn('inverse')
    const filter = values.filter === undefined ? {} : { filter: context.userFn('filter') }
    return reduceIncrementally(context.input(), { reduce, inverse, ...filter, windowMs, slideMs, partitions }, context)
  },
})

/** Spark has no form with a filter and no inverse. */
function checkFilter(
  { inverse, filter }: { readonly inverse: string | undefined; readonly filter: string | undefined },
  { node }: CheckContext,
): readonly Diagnostic[] {
  if (inverse !== undefined || filter === undefined) return []
  return [
    {
      code: 'param/unused',
      severity: 'warning',
      message: 'The filter does nothing without an inverse function.',
      node,
      param: 'filter',
      hint: 'Add an inverse function, or put a filter operator behind this one.',
      fixes: [{ label: 'Leave out the filter', param: 'filter', value: null }],
    },
  ]
}
