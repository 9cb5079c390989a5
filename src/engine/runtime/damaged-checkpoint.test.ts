import { expect, test } from 'vitest'
import { metadataKey, readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const document = documentOf({
  lines: ['simulatedTextStream', { rowsPerSecond: 3 }],
  pairs: ['map', { fn: 'line => [line.length % 5, 1]' }, 'lines'],
  state: ['updateStateByKey', { fn: '(values, state) => (state ?? 0) + values.length', checkpointMs: 2000 }, 'pairs'],
  out: ['print', {}, 'state'],
})
const collect = ['state']

test('a run goes on from the older metadata, or from an older state, with a warning and the same results', async () => {
  const whole = await runPipeline(document, { batches: 12, collect })
  for (const damaged of ['metadata', 'snapshot'] as const) {
    const store = new MemoryCheckpointStore()
    await runPipeline(document, { batches: 12, collect, store, killAfterMs: 7000 })
    const stored = readStoredRun(await store.read())
    const [stream, timeMs] = stored?.metadata.snapshots.at(-1) ?? []
    const key = damaged === 'metadata' ? metadataKey(stored?.metadata.seq ?? 0) : `snapshot/${stream}/${timeMs}`
    await store.write({ put: new Map([[key, '{"half":']]), remove: [] })
    const after = await runPipeline(document, { batches: 12, collect, store })
    expect(after.warnings).toEqual([expect.stringContaining(key)])
    expect(after.failures).toEqual([])
    const results = after.recordsOf('state')
    const since = results[0]?.timeMs ?? 0
    expect(since).toBeLessThanOrEqual(7000)
    expect(results).toEqual(whole.recordsOf('state').filter((each) => each.timeMs >= since))
  }
})
