import type { Json } from '#engine/model/json.ts'
import { checkCheckpointing } from '#engine/operator/checkpoint-checks.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { choiceParam, functionParam, optionalDurationParam, optionalJsonParam } from '#engine/operator/params.ts'
import { extraParameters } from '#engine/operator/parse-function.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { pairInput } from '#engine/operator/ports.ts'

const SIGNATURES = {
  values: '(values, state) => state',
  timeKeyValuesState: '(timeMs, key, values, state) => state',
  iterator: '(entries) => entries',
} as const

export const updateStateByKey = defineOperator({
  name: 'updateStateByKey',
  category: 'state',
  title: 'Update state by key',
  glyph: '⟳',
  summary: 'Keeps one state per key and renews it every batch',
  help: 'Holds a state for each key for as long as the pipeline runs, e.g. a running total. In every batch your function is called for every key there is, also for keys without new values, which get an empty array: the work grows with all keys ever seen, not with the batch. It gets the new values of the key and its state so far (undefined for a new key) and returns the new state; returning undefined forgets the key. The result of each batch is the state of all keys, not only of those that changed. Needs checkpointing. Return a new state instead of changing the old one.',
  inputs: pairInput,
  output: 'pairs',
  params: {
    fn: functionParam({
      label: 'Update',
      help: 'Takes the new values of a key and its state (undefined for a new key), returns the new state, or undefined to forget the key. The other forms are under Form.',
      // Which of them holds is known only with the form, so that check() compares the number of parameters.
      signature: Object.values(SIGNATURES).join(' | '),
      initial: '(values, state) => values.reduce((a, b) => a + b, state ?? 0)',
    }),
    variant: choiceParam({
      label: 'Form',
      help: 'What the function is called with.',
      options: [
        { value: 'values', label: 'Values and state', help: SIGNATURES.values },
        {
          value: 'timeKeyValuesState',
          label: 'Time, key, values and state',
          help: `${SIGNATURES.timeKeyValuesState}; timeMs is the time of the batch.`,
        },
        {
          value: 'iterator',
          label: 'All keys of a partition',
          help: `${SIGNATURES.iterator}: takes an iterable of [key, values, state], returns an iterable of [key, state].`,
        },
      ],
      fallback: 'values',
      advanced: true,
    }),
    initial: optionalJsonParam<readonly (readonly [Json, Json])[]>({
      label: 'Initial state',
      help: 'States to begin with, as a list of [key, state]. They count as the state before the first batch.',
      shape: 'pairs',
      advanced: true,
    }),
    checkpointMs: optionalDurationParam({
      label: 'Checkpoint interval',
      help: 'How often the whole state is saved, in milliseconds: a multiple of the slide. Left out: about every ten seconds.',
      advanced: true,
    }),
    numPartitions: numPartitionsParam,
  },
  examples: [
    {
      title: 'Running count: every key in every batch',
      params: { fn: '(values, state) => values.reduce((a, b) => a + b, state ?? 0)' },
      inputs: [[[['a', 1]], [['b', 1]], [['a', 1]], []]],
      expected: [
        [['a', 1]],
        [
          ['a', 1],
          ['b', 1],
        ],
        [
          ['a', 2],
          ['b', 1],
        ],
        [
          ['a', 2],
          ['b', 1],
        ],
      ],
    },
    {
      title: 'A key without news is forgotten',
      params: { fn: '(values, state) => values.length === 0 ? undefined : (state ?? 0) + values.length' },
      inputs: [[[['a', 1]], [['a', 1]], [], [['a', 1]]]],
      expected: [[['a', 1]], [['a', 2]], [], [['a', 1]]],
    },
    {
      title: 'With initial state',
      params: {
        fn: '(timeMs, key, values, state) => values.reduce((a, b) => a + b, state ?? 0)',
        variant: 'timeKeyValuesState',
        initial: [['a', 10]],
      },
      inputs: [[[['a', 1]], [['b', 2]]]],
      expected: [
        [['a', 11]],
        [
          ['a', 11],
          ['b', 2],
        ],
      ],
    },
  ],
  check: ({ fn, variant, checkpointMs }, context) => [
    ...extraParameters(fn, SIGNATURES[variant], { node: context.node, param: 'fn' }),
    ...checkCheckpointing(
      { stream: 'StateDStream', slideMs: context.inputSlidesMs[0] ?? context.batchMs, checkpointMs },
      context,
    ),
  ],
  lower: ({ variant, initial, checkpointMs, numPartitions }, context) =>
    context.add({
      kind: 'state',
      parent: context.input(),
      update: { variant, fn: context.userFn('fn') },
      initial: initial ?? [],
      partitions: numPartitions ?? context.defaultParallelism,
      ...(checkpointMs === undefined ? {} : { checkpointMs }),
    }),
})
