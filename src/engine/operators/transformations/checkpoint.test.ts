import { expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { checkNode } from '#engine/operator/testing/check-node.ts'
import { recordLowering } from '#engine/operator/testing/record-lowering.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { checkpoint } from './checkpoint.ts'

test('sets the interval of the stream it hands on', () => {
  const { result, inputs, intervals } = recordLowering(checkpoint, { intervalMs: 3000 })
  expect([result, intervals]).toEqual([inputs[0], [[inputs[0], 3000]]])
})

test('refuses an interval that does not fit the slide, and a missing directory', () => {
  expect(checkNode(checkpoint, { intervalMs: 2500 }, { inputSlidesMs: [2000] })).toMatchObject([
    { code: 'checkpoint/interval-not-a-multiple', param: 'intervalMs' },
  ])
  expect(checkNode(checkpoint, { intervalMs: 500 })).toMatchObject([
    { code: 'checkpoint/interval-too-short', param: 'intervalMs' },
  ])
  expect(checkNode(checkpoint, { intervalMs: 2000 }, { checkpointing: false })).toMatchObject([
    { code: 'checkpoint/no-directory', hint: expect.stringMatching(/: this operator saves the stream there\.$/) },
  ])
})

const document = (op: string, params: Record<string, unknown>) => ({
  format: 'sluice/1',
  name: 'saved',
  settings: { batchMs: 1000, master: 'local[2]' },
  nodes: [
    { id: 'source', op: 'queueStream', params: { batches: [] } },
    { id: 'pairs', op: 'map', params: { fn: 'x => [x, 1]' } },
    { id: 'made', op, params },
    { id: 'saved', op: 'checkpoint', params: { intervalMs: 2000 } },
    { id: 'out', op: 'print', params: {} },
  ],
  edges: [
    { from: 'source', to: 'pairs' },
    { from: 'pairs', to: 'made' },
    { from: 'made', to: 'saved' },
    { from: 'saved', to: 'out' },
  ],
})

test.each([
  ['updateStateByKey', { fn: '(values, state) => values.length + (state ?? 0)' }],
  [
    'mapWithState',
    {
      fn: '(key, value, state) => { state.update(1 + (state.exists() ? state.get() : 0)); return [key, state.get()] }',
    },
  ],
  ['map', { fn: 'pair => pair[0]' }],
  ['window', { windowMs: 3000 }],
  ['groupByKey', {}],
])('recovers %s from what was saved at the interval', async (op, params) => {
  const batches = [['a', 'b'], ['a'], ['c', 'a'], [], ['b'], ['a', 'c'], ['d']]
  const options = { batches: 7, inputs: { source: { batches, partitions: 3 } }, collect: ['saved'] }
  const whole = (await runPipeline(document(op, params), options)).recordsOf('saved')
  for (const killed of [2, 3, 5]) {
    const store = new MemoryCheckpointStore()
    await runPipeline(document(op, params), { ...options, store, killAfterMs: killed * 1000 })
    expect([...(await store.read()).keys()].some((key) => key.startsWith('snapshot/'))).toBe(true)
    const resumed = await runPipeline(document(op, params), { ...options, store })
    // Of states every batch is saved.
    const isState = op === 'updateStateByKey' || op === 'mapWithState'
    const dueMs = killed === 5 ? 4000 : 2000
    expect(resumed.recovered?.stateMs).toBe(isState ? killed * 1000 : dueMs)
    const later = resumed.recordsOf('saved')
    expect(later).toEqual(whole.filter(({ timeMs }) => timeMs >= (later[0]?.timeMs ?? 0)))
    expect(later.at(-1)?.timeMs).toBe(7000)
  }
})
