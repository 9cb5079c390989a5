import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { manyInputs } from '#engine/operator/ports.ts'
import { checkSameSlides } from '#engine/operator/slide-checks.ts'

export const transform = defineOperator({
  name: 'transform',
  category: 'transformations',
  title: 'Transform',
  glyph: 'T',
  summary: "Turns each batch's RDD into another with the whole RDD API",
  help: 'Calls your function once per batch with the RDD of the batch, and goes on with the RDD it returns: sortBy, join with fixed data, zipWithIndex, sample, everything that RDDs can do and streams cannot. With several inputs the function gets a list of RDDs. It runs on one executor over the whole batch, so it is for what cannot be said with other operators. It must return an RDD, never null; a batch in which an input has no RDD fails.',
  inputs: manyInputs,
  output: 'any',
  params: {
    fn: functionParam({
      label: 'Function',
      help: "Takes the batch's RDD, or a list of RDDs when several streams come in, and the batch time in milliseconds; returns an RDD. sc.parallelize makes RDDs from fixed data.",
      signature: '(rdd, timeMs) => rdd',
      initial: '(rdd, timeMs) => rdd.sortBy(x => x)',
    }),
  },
  examples: [
    {
      title: 'The two smallest of each batch',
      params: { fn: 'rdd => sc.parallelize(rdd.takeOrdered(2), 1)' },
      inputs: [[[3, 1, 2], [5], []]],
      expected: [[1, 2], [5], []],
    },
    {
      title: 'Join with fixed data',
      params: {
        fn: "rdd => rdd.join(sc.parallelize([['a', 'Anna'], ['b', 'Ben']], 1)).mapValues(([count, name]) => name + ' ' + count)",
      },
      inputs: [
        [
          [
            ['a', 2],
            ['c', 1],
          ],
          [['b', 3]],
        ],
      ],
      expected: [[['a', 'Anna 2']], [['b', 'Ben 3']]],
    },
  ],
  check: (_values, context) => checkSameSlides(context),
  lower: (_values, context) => {
    const parents = context.inputs('in')
    return context.add({
      kind: 'transformed',
      form: parents.length === 1 ? 'one' : 'many',
      parents,
      fn: context.userFn('fn'),
    })
  },
})
