import { expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { Json } from '#engine/model/json.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const document = (params: Record<string, Json>) => ({
  format: 'sluice/1',
  name: 'states',
  settings: { batchMs: 1000, master: 'local[2]' },
  nodes: [
    { id: 'keys', op: 'queueStream', params: { batches: [] } },
    { id: 'pairs', op: 'map', params: { fn: 'key => [key, 1]' } },
    { id: 'mapped', op: 'mapWithState', params },
    { id: 'states', op: 'stateSnapshots', params: {} },
    { id: 'out', op: 'print', params: {} },
    { id: 'all', op: 'print', params: {} },
  ],
  edges: [
    { from: 'keys', to: 'pairs' },
    { from: 'pairs', to: 'mapped' },
    { from: 'mapped', to: 'states' },
    { from: 'mapped', to: 'out' },
    { from: 'states', to: 'all' },
  ],
})

const sorted = (records: readonly Json[]) => records.map((record) => JSON.stringify(record)).sort()

const timingOut = {
  api: 'advanced',
  timeoutMs: 3000,
  fn: '(timeMs, key, value, state) => { if (value !== undefined) state.update(1); return state.isTimingOut() ? key : undefined }',
}
const onlyALater = [['a', 'b', 'c'], ['a', 'b'], ['a'], [], [], ...Array.from({ length: 15 }, () => ['a'])]

test('a key times out in the first batch after its time in which the state is checkpointed', async () => {
  const inputs = { keys: { batches: onlyALater, partitions: 2 } }
  const run = await runPipeline(document(timingOut), { batches: 20, inputs, collect: ['mapped', 'states'] })
  const mapped = run.recordsOf('mapped').map(({ records }) => sorted(records))
  expect(mapped).toEqual(Array.from({ length: 20 }, (_, index) => (index === 9 ? ['"b"', '"c"'] : [])))
  const states = run.recordsOf('states').map(({ records }) => records.length)
  expect(states).toEqual(Array.from({ length: 20 }, (_, index) => (index < 9 ? 3 : 1)))
})

test('calls the function for each record, in order, and a removed state is gone for the next', async () => {
  const fn =
    "(key, value, state) => { if (state.exists()) { state.remove(); return 'removed' } state.update(value); return 'set' }"
  const inputs = { keys: { batches: [['a'], ['a', 'a']], partitions: 1 } }
  const run = await runPipeline(document({ fn }), { batches: 2, inputs, collect: ['mapped', 'states'] })
  expect(run.recordsOf('mapped').map(({ records }) => records)).toEqual([['set'], ['removed', 'set']])
  expect(run.recordsOf('states').map(({ records }) => records)).toEqual([[['a', 1]], [['a', 1]]])
})

test('a batch without an RDD maps nothing and keeps the states', async () => {
  const fn = '(key, value, state) => { state.update(value); return key }'
  const inputs = { keys: { batches: [['a'], null, []], partitions: 1 } }
  const run = await runPipeline(document({ fn }), { batches: 3, inputs, collect: ['mapped', 'states'] })
  expect(run.failures).toEqual([])
  expect(run.recordsOf('mapped').map(({ records }) => records)).toEqual([['a'], [], []])
  expect(run.recordsOf('states').map(({ records }) => records.length)).toEqual([1, 1, 1])
})

test.each([1, 7, 10, 13])(
  'goes on as if nothing had happened after the driver dies behind batch %i',
  async (killed) => {
    const inputs = { keys: { batches: onlyALater, partitions: 2 } }
    const options = { batches: 20, inputs, collect: ['mapped', 'states'] }
    const whole = await runPipeline(document(timingOut), options)
    const store = new MemoryCheckpointStore()
    await runPipeline(document(timingOut), { ...options, store, killAfterMs: killed * 1000 })
    const resumed = await runPipeline(document(timingOut), { ...options, store })
    expect(resumed.recovered?.checkpointMs).toBeGreaterThanOrEqual(killed * 1000)
    for (const node of ['mapped', 'states']) {
      const later = resumed.recordsOf(node)
      expect(later.length).toBeGreaterThan(0)
      const expected = new Map(whole.recordsOf(node).map(({ timeMs, records }) => [timeMs, sorted(records)]))
      for (const { timeMs, records } of later) expect([timeMs, sorted(records)]).toEqual([timeMs, expected.get(timeMs)])
    }
  },
)
