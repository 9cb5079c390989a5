import { type GeneratorName, generatorNames, generators } from '#engine/generators/generator.ts'
import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import type { CheckContext, LowerContext } from './operator.ts'
import type { ParamValues } from './param.ts'
import { choiceParam, integerParam, numberParam, optionalFunctionParam, optionalIntegerParam } from './params.ts'
import { MAX_PARTITIONS } from './partition-params.ts'
import type { StreamId } from './stream-spec.ts'

/** Which rows are made. */
export const generatorParam = (help: string, initial: GeneratorName) =>
  choiceParam({
    label: 'What',
    help,
    options: [
      ...generatorNames.map((value) => ({
        value,
        label: generators[value].title,
        help: generators[value].describe,
      })),
      { value: 'custom', label: 'Your function', help: 'What the function below returns.' },
    ],
    fallback: initial,
    initial,
  })

/** How the rows of a simulated source are made and when. */
export const simulatedParams = {
  fn: optionalFunctionParam({
    label: 'Function',
    help: 'For custom: takes the number of the row from 0, a function random() that gives a number from 0 to below 1, and the time of the row in milliseconds; returns the record.',
    signature: '(i, random, timeMs) => record',
  }),
  rowsPerSecond: numberParam({
    label: 'Rows per second',
    help: 'How many rows a second are made on average.',
    min: 0,
    max: 1_000_000,
    fallback: 10,
    initial: 10,
  }),
  pattern: choiceParam({
    label: 'Pattern',
    help: 'How the rate changes with time.',
    options: [
      { value: 'steady', label: 'Steady', help: 'Always the same rate.' },
      {
        value: 'burst',
        label: 'Bursts',
        help: 'Two seconds of every ten at four times the rate, the others at a quarter of it.',
      },
      { value: 'wave', label: 'Wave', help: 'Rises and falls once in 30 seconds.' },
      {
        value: 'spike',
        label: 'Spikes',
        help: 'One second of every minute at almost 16 times the rate, the others at three quarters.',
      },
    ],
    fallback: 'steady',
    advanced: true,
  }),
  jitterMs: integerParam({
    label: 'Jitter',
    help: 'For clicks and sensors: every row tells of something up to this many milliseconds before it arrives, in its field at.',
    min: 0,
    max: 3_600_000,
    fallback: 0,
    advanced: true,
  }),
  lateFraction: numberParam({
    label: 'Late rows',
    help: 'For clicks and sensors: which part of the rows, from 0 to 1, tells of something 5 to 30 seconds earlier still.',
    min: 0,
    max: 1,
    fallback: 0,
    advanced: true,
  }),
  partitions: optionalIntegerParam({
    label: 'Partitions',
    help: 'How many even slices each batch is cut into. Left out: the default parallelism, normally one per core.',
    min: 1,
    max: MAX_PARTITIONS,
    advanced: true,
  }),
}

type Simulated = ParamValues<typeof simulatedParams> & { readonly generator: GeneratorName | 'custom' }

/** The source of a node with these parameters; `text`: objects become their JSON text. */
export function addSimulated(values: Simulated, text: boolean, context: LowerContext): StreamId {
  const { generator, fn: _fn, partitions, ...rate } = values
  return context.add({
    kind: 'source',
    feed: {
      kind: 'simulated',
      generator:
        generator === 'custom' ? { kind: 'custom', fn: context.userFn('fn') } : { kind: 'named', name: generator },
      text,
      ...rate,
      partitions: partitions ?? context.defaultParallelism,
    },
  })
}

/** Whether there is a function exactly when it is needed; `sample` is one to begin with. */
export function checkSimulated(
  { generator, fn }: Simulated,
  sample: string,
  { node }: CheckContext,
): readonly Diagnostic[] {
  if (generator === 'custom' && fn === undefined) {
    const hint = 'Write the function that makes the rows, or choose another generator.'
    const fixes = [{ label: 'Start with an example', param: 'fn', value: sample }]
    return [problem('param/missing', 'A custom generator needs a function.', { node, param: 'fn', hint, fixes })]
  }
  if (generator !== 'custom' && fn !== undefined) {
    const message = 'The function is not used, because the generator is not custom.'
    const fixes = [{ label: 'Use the function', param: 'generator', value: 'custom' }]
    const hint = 'Choose custom as the generator, or leave out the function.'
    return [{ code: 'param/unused', severity: 'warning', message, node, param: 'fn', hint, fixes }]
  }
  return []
}
