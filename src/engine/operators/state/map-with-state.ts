import type { Json } from '#engine/model/json.ts'
import { checkCheckpointing } from '#engine/operator/checkpoint-checks.ts'
import { defineOperator } from '#engine/operator/define-operator.ts'
import { choiceParam, functionParam, optionalDurationParam, optionalJsonParam } from '#engine/operator/params.ts'
import { extraParameters } from '#engine/operator/parse-function.ts'
import { numPartitionsParam } from '#engine/operator/partition-params.ts'
import { pairInput } from '#engine/operator/ports.ts'
import { takeMapped } from '#engine/operator/state-record-functions.ts'

const SIGNATURES = {
  simple: '(key, value, state) => out',
  advanced: '(timeMs, key, value, state) => out',
} as const

export const mapWithState = defineOperator({
  name: 'mapWithState',
  category: 'state',
  title: 'Map with state',
  glyph: '⟲',
  summary: 'Calls a function per record with the state of its key',
  help: 'Holds a state for each key, and calls your function once for every record that arrives, with the key, the value and the state: state.exists(), state.get(), state.update(x), state.remove(). What the function returns is the result; keys without news cost nothing and produce nothing. With a timeout, a key that has not been touched for that long is handed to the function one last time, with value undefined and state.isTimingOut() true, and then forgotten. That happens only in batches in which the state is checkpointed, by default every tenth, so a timeout can come late. To see all states, add stateSnapshots behind this node. Needs checkpointing.',
  inputs: pairInput,
  output: 'any',
  holdsStates: true,
  params: {
    fn: functionParam({
      label: 'Function',
      help: 'Takes key, value and state and returns what goes on. The form with the batch time is under Form.',
      signature: Object.values(SIGNATURES).join(' | '),
      initial:
        '(key, value, state) => {\n  const sum = (state.exists() ? state.get() : 0) + value\n  state.update(sum)\n  return [key, sum]\n}',
    }),
    api: choiceParam({
      label: 'Form',
      help: 'What the function is called with, and whether everything it returns goes on.',
      options: [
        { value: 'simple', label: 'Key, value and state', help: `${SIGNATURES.simple}; whatever it returns goes on.` },
        {
          value: 'advanced',
          label: 'Time, key, value and state',
          help: `${SIGNATURES.advanced}; undefined or null emits nothing.`,
        },
      ],
      fallback: 'simple',
    }),
    timeoutMs: optionalDurationParam({
      label: 'Timeout',
      help: 'A key that is not touched for longer than this is forgotten, in milliseconds. Left out: never.',
    }),
    initial: optionalJsonParam<readonly (readonly [Json, Json])[]>({
      label: 'Initial state',
      help: 'States to begin with, as a list of [key, state]. They count as touched in the first batch.',
      shape: 'pairs',
      advanced: true,
    }),
    checkpointMs: optionalDurationParam({
      label: 'Checkpoint interval',
      help: 'How often the whole state is saved and looked through for timeouts, in milliseconds: a multiple of the slide. Left out: every ten slides.',
      advanced: true,
    }),
    numPartitions: numPartitionsParam,
  },
  examples: [
    {
      title: 'Running sum: only keys with news appear',
      params: {
        fn: '(key, value, state) => { const sum = (state.exists() ? state.get() : 0) + value; state.update(sum); return [key, sum]; }',
      },
      inputs: [[[['a', 1]], [['b', 1]], [['a', 1]], []]],
      expected: [[['a', 1]], [['b', 1]], [['a', 2]], []],
    },
    {
      title: 'First time a key is seen',
      params: {
        fn: '(timeMs, key, value, state) => { if (state.exists()) return; state.update(true); return key; }',
        api: 'advanced',
        initial: [['a', true]],
      },
      inputs: [
        [
          [
            ['a', 1],
            ['b', 1],
          ],
          [['b', 2]],
          [['c', 1]],
        ],
      ],
      expected: [['b'], [], ['c']],
    },
  ],
  check: ({ fn, api, checkpointMs }, context) => [
    ...extraParameters(fn, SIGNATURES[api], { node: context.node, param: 'fn' }),
    ...checkCheckpointing(
      { stream: 'InternalMapWithStateDStream', slideMs: context.inputSlidesMs[0] ?? context.batchMs, checkpointMs },
      context,
    ),
  ],
  lower: ({ api, initial, timeoutMs, checkpointMs, numPartitions }, context) => {
    const states = context.add({
      kind: 'mapWithState',
      parent: context.input(),
      api,
      fn: context.userFn('fn'),
      initial: initial ?? [],
      partitions: numPartitions ?? context.defaultParallelism,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(checkpointMs === undefined ? {} : { checkpointMs }),
    })
    return context.add({ kind: 'narrow', step: 'flatMap', parent: states, fn: context.ownFn(takeMapped) })
  },
})
