import { defineOperator } from '#engine/operator/define-operator.ts'
import { functionParam } from '#engine/operator/params.ts'
import { oneInput } from '#engine/operator/ports.ts'

export const foreachRDD = defineOperator({
  name: 'foreachRDD',
  category: 'outputs',
  title: 'For each RDD',
  glyph: '∀',
  summary: 'Runs your function once per batch, over the whole RDD',
  help: 'Calls your function with the RDD of each batch and the time of the batch. An RDD is a plan, not data: nothing is computed until you call an action such as rdd.collect(), rdd.count() or rdd.take(10), and each action computes it again unless it is cached. What you write with console.log is shown as the output. The function runs to its end at once: it cannot wait for anything. The function runs at-least-once: a batch may run again after a recovery or a lost executor, so make what you do repeatable, for example by the time of the batch.',
  inputs: oneInput,
  view: 'text',
  params: {
    fn: functionParam({
      label: 'Function',
      help: 'Takes the RDD of the batch and the time of the batch in milliseconds. What it returns is ignored.',
      signature: '(rdd, timeMs) => void',
      initial: '(rdd, timeMs) => console.log(timeMs, rdd.collect())',
    }),
  },
  examples: [
    {
      title: 'How many records each batch has',
      params: { fn: '(rdd, timeMs) => console.log(timeMs, rdd.count())' },
      inputs: [[['a', 'b'], []]],
      expected: [['a', 'b'], []],
    },
  ],
  lower: (_values, context) => {
    const stream = context.input()
    context.output(stream, { kind: 'foreachRDD', fn: context.userFn('fn') })
    return stream
  },
})
