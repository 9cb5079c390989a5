import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { twoInputs } from '#engine/operator/ports.ts'
import { checkSameSlides } from '#engine/operator/slide-checks.ts'

export const transformWith = defineOperator({
  name: 'transformWith',
  category: 'transformations',
  title: 'Transform with',
  glyph: 'T2',
  summary: 'Makes one RDD of the RDDs of two streams, batch by batch',
  help: 'Calls your function once per batch with the RDDs of both streams, and goes on with the RDD it returns, for instance a.subtractByKey(b). Both streams need the same slide. The function runs on one executor over the whole batch. It must return an RDD, never null; a batch in which one of the streams has no RDD fails.',
  inputs: twoInputs,
  output: 'any',
  params: {
    fn: functionParam({
      label: 'Function',
      help: 'Takes the RDD of each stream and the batch time in milliseconds, returns an RDD.',
      signature: '(a, b, timeMs) => rdd',
      initial: '(a, b, timeMs) => a.union(b)',
    }),
  },
  examples: [
    {
      title: 'What only the first stream has',
      params: { fn: '(a, b) => a.subtract(b)' },
      inputs: [
        [[1, 2, 3], [4]],
        [[2], [4]],
      ],
      expected: [[1, 3], []],
    },
  ],
  check: (_values, context) => checkSameSlides(context),
  lower: (_values, context) =>
    context.add({
      kind: 'transformed',
      form: 'with',
      parents: [context.input('in'), context.input('other')],
      fn: context.userFn('fn'),
    }),
})
