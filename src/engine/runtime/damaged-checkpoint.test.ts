import { expect, test } from 'vitest'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { metadataKey } from '#engine/checkpoint/metadata.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const document = documentOf({
  lines: ['simulatedTextStream', { rowsPerSecond: 3 }],
  pairs: ['map', { fn: 'line => [line.length % 5, 1]' }, 'lines'],
  state: ['updateStateByKey', { fn: '(values, state) => (state ?? 0) + values.length', checkpointMs: 2000 }, 'pairs'],
  out: ['print', {}, 'state'],
})
const collect = ['state']

const BATCHES = 12

/** Runs, dies after 7 s, loses what `damage` says of the stored run, and goes on. */
async function goOn(damage: (entries: ReadonlyMap<string, string>) => readonly string[]) {
  const whole = await runPipeline(document, { batches: BATCHES, collect })
  const store = new MemoryCheckpointStore()
  await runPipeline(document, { batches: BATCHES, collect, store, killAfterMs: 7000 })
  const damaged = damage(await store.read())
  await store.write({ put: new Map(damaged.map((key) => [key, '{"half":'])), remove: [] })
  const after = await runPipeline(document, { batches: BATCHES, collect, store })
  expect(after.failures).toEqual([])
  const results = after.recordsOf('state')
  const since = results[0]?.timeMs ?? Number.NaN
  expect(since).toBeLessThanOrEqual(7000)
  expect(results).toEqual(whole.recordsOf('state').filter((each) => each.timeMs >= since))
  return { after, damaged }
}

const newest = (keys: Iterable<string>, prefix: string): string[] =>
  [...keys].filter((key) => key.startsWith(prefix)).sort((a, b) => timeOf(b) - timeOf(a))
const timeOf = (key: string): number => Number(key.slice(key.lastIndexOf('/') + 1))

test('a run goes on from the older metadata, with a warning and the same results', async () => {
  const { after, damaged } = await goOn((entries) => [metadataKey(readStoredRun(entries)?.slot ?? 0)])
  expect(after.warnings).toEqual([expect.stringContaining(damaged[0] ?? '')])
})

test.each(['snapshot/', 'state/'])('a damaged %s costs nothing but a warning', async (prefix) => {
  const { after, damaged } = await goOn((entries) => newest(entries.keys(), prefix).slice(0, 1))
  expect(after.warnings).toEqual(expect.arrayContaining(damaged.map((key) => expect.stringContaining(key))))
})

test('with no state left the run makes it from the beginning, and says so', async () => {
  const { after } = await goOn((entries) => [
    ...newest(entries.keys(), 'snapshot/'),
    ...newest(entries.keys(), 'state/'),
  ])
  expect(after.warnings).toEqual(expect.arrayContaining([expect.stringContaining('from the beginning')]))
})
