import { describe, expect, test } from 'vitest'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { getOrCreate } from './get-or-create.ts'

// Scenarios of StreamingContextSuite, by their names in lifecycle.test.ts.

describe('getOrCreate', () => {
  const create = () => 'new'
  const recover = ({ metadata }: NonNullable<ReturnType<typeof readStoredRun>>) => metadata.pipeline
  const corrupted = new Map([['metadata/0', '{"half": ']])

  test('creates where there is no checkpoint, or where one that is corrupted may be passed over', () => {
    expect(getOrCreate(new Map(), { create, recover })).toEqual({ ok: true, value: 'new' })
    expect(getOrCreate(corrupted, { create, recover, createOnError: true })).toEqual({ ok: true, value: 'new' })
  })

  test.each([{}, { createOnError: false }])('refuses a corrupted checkpoint: %j', (options) => {
    expect(getOrCreate(corrupted, { create, recover, ...options })).toMatchObject({
      ok: false,
      error: { code: 'run/unreadable-checkpoint', message: 'Failed to read checkpoint from directory' },
    })
  })

  // That a live SparkContext's configuration wins has no counterpart: executors have none of their own.
  test('recovers a valid checkpoint, with the configuration saved in it', async () => {
    const conf = { 'sluice.batchDeadline': '7s' }
    const { start, pass, store, context } = makeBench(
      documentOf({ a: ['simulatedTextStream', {}], out: ['print', {}, 'a'] }, { conf }),
    )
    await start()
    await pass(2000)
    await context.stop({ graceful: false })
    const recovered = getOrCreate<unknown>(await store.read(), { create, recover })
    expect(recovered).toMatchObject({ ok: true, value: { settings: { conf } } })
  })
})

test('queueStream-checkpoint: starts with a checkpoint directory, and cannot be recovered from it', async () => {
  const document = documentOf({ a: ['queueStream', { batches: [['x']] }], out: ['print', {}, 'a'] })
  const first = makeBench(document, { store: new MemoryCheckpointStore() })
  await first.start()
  await first.context.stop({ graceful: false })
  const second = makeBench(document)
  const stored = readStoredRun(await first.store.read())
  if (stored === undefined) throw new Error('nothing stored')
  expect(await second.context.start(stored)).toMatchObject({
    ok: false,
    error: [{ message: "queueStream doesn't support checkpointing" }],
  })
})
