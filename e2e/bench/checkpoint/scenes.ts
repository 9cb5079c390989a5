// Pipelines whose states are large and of which each batch touches 1 %.
import { chain } from '#e2e/app/documents.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'

const ROWS = 20_000
export const TOUCHED = 0.01
const WORDS = 12

export type StateOperator = 'updateStateByKey' | 'mapWithState'
export type Load = 'words' | 'pairs'

/** `words`: lines of twelve words, split, counted, and the counts added to the states: what a batch of such a pipeline does.
 *  `pairs`: nothing but pairs that go into the states, the least that a batch can do. */
export interface Scene {
  readonly operator: StateOperator
  readonly keys: number
  readonly load: Load
}

const states: Readonly<Record<StateOperator, readonly [string, Readonly<Record<string, unknown>>]>> = {
  updateStateByKey: ['updateStateByKey', { fn: '(values, count = 0) => values.reduce((a, b) => a + b, count)' }],
  mapWithState: [
    'mapWithState',
    { fn: '(key, value, state) => { state.update((state.getOption() ?? 0) + value); return [key, state.get()] }' },
  ],
}

/** The first batch has every key, each later one its hundredth of them. */
export function pipelineOf({ operator, keys, load }: Scene): Pipeline {
  const some = keys * TOUCHED
  const first = keys / ROWS
  const name = "'user-' + String(key).padStart(7, '0')"
  const isFirst = `i < ${ROWS}`
  const key = `(Math.floor(i / ${ROWS}) * ${some} + n % ${some}) % ${keys}`
  const word = `(n => { const key = ${isFirst} ? i * ${first} + n : ${key}; return ${name} })`
  const line = `i => Array.from({ length: ${isFirst} ? ${first} : ${WORDS} }, (_, each) => ${isFirst} ? each : i * 7919 + each * 104729).map(n => ${word}(n)).join(' ')`
  const pairs = `i => Array.from({ length: ${isFirst} ? ${first} : 1 }, (_, each) => ${isFirst} ? each : i % ${ROWS}).map(n => [${word}(n), 1])`
  const source = { generator: 'custom', rowsPerSecond: ROWS, partitions: 2 }
  const [op, params] = states[operator]
  return chain({
    name: `${operator}, ${keys} keys, ${load}`,
    settings: { conf: { 'sluice.batchDeadline': '120s' } },
    nodes: [
      ...(load === 'words'
        ? ([
            ['lines', 'simulatedTextStream', { ...source, fn: line }],
            ['words', 'flatMap', { fn: "line => line.split(' ')" }],
            ['ones', 'map', { fn: 'word => [word, 1]' }],
            ['counts', 'reduceByKey', { reduce: '(a, b) => a + b' }],
          ] as const)
        : ([
            ['rows', 'simulatedTextStream', { ...source, fn: 'i => i' }],
            ['counts', 'flatMap', { fn: pairs }],
          ] as const)),
      ['state', op, params],
      ['shown', 'print', { num: 10 }],
    ],
  })
}
