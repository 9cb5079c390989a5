import { expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { ConnectSink } from '#engine/runtime/driver/sinks/sink-connection.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const url = 'ws://sink.example'
const sinking = (params: object) =>
  documentOf({
    numbers: ['queueStream', { batches: [] }],
    tens: ['map', { fn: 'n => n * 10' }, 'numbers'],
    out: ['webSocketSink', { url, ...params }, 'tens'],
    shown: ['print', {}, 'tens'],
  })
const inputs = { numbers: { batches: [[1, 2, 3], [], [4]], partitions: 2 } }

/** Takes everything, or refuses whoever comes. */
function server(opens = true): { readonly got: string[]; readonly connectSink: ConnectSink } {
  const got: string[] = []
  const connectSink: ConnectSink = (_url, events) => {
    void Promise.resolve().then(() => (opens ? events.onOpen() : events.onClose('Nobody listens.')))
    return { send: (text) => got.push(text), bufferedBytes: 0, close: () => {} }
  }
  return { got, connectSink }
}

test('every batch is sent once it has succeeded, and says where and in how many messages', async () => {
  const { got, connectSink } = server()
  const run = await runPipeline(sinking({ split: 'partition', envelope: true }), { batches: 3, inputs, connectSink })
  expect(run.failures).toEqual([])
  expect(got.map((text) => JSON.parse(text))).toEqual([
    { timeMs: 1000, partition: 0, records: [10] },
    { timeMs: 1000, partition: 1, records: [20, 30] },
    { timeMs: 3000, partition: 1, records: [40] },
  ])
  const sent = run.batches.map(({ data }) => data.outputs.find(({ node }) => node === 'out'))
  expect(sent.map((output) => [output?.sent, output?.total])).toEqual([
    [{ address: url, messages: 2 }, 3],
    [{ address: url, messages: 0 }, 0],
    [{ address: url, messages: 1 }, 1],
  ])
})

test('a batch that cannot be sent fails its output, which names the node and the address; the others and later batches go on', async () => {
  const { connectSink } = server(false)
  const run = await runPipeline(sinking({ timeoutMs: 1 }), { batches: 3, inputs, connectSink })
  const message = `The batch could not be sent to ${url}: Nobody listens. It had 1 ms for that.`
  expect(run.failures).toEqual([
    { timeMs: 1000, node: 'out', message },
    { timeMs: 3000, node: 'out', message },
  ])
  expect(run.batches.map(({ data }) => data.outputs.find(({ node }) => node === 'shown')?.rows.length)).toEqual([
    3, 0, 1,
  ])
  expect(run.batches[0]?.info.outputs.map(({ failureReason }) => failureReason)).toEqual([message, undefined])
})

test('what has failed before is not sent', async () => {
  const { got, connectSink } = server()
  const document = documentOf({
    numbers: ['queueStream', { batches: [[1, 2]] }],
    broken: ['map', { fn: 'n => n.no.such' }, 'numbers'],
    out: ['webSocketSink', { url }, 'broken'],
  })
  const { failures } = await runPipeline(document, { batches: 1, connectSink })
  expect(failures).toMatchObject([{ node: 'broken' }])
  expect(got).toEqual([])
})

test('a batch that runs again is sent again, marked as one that may repeat', async () => {
  const store = new MemoryCheckpointStore()
  const first = server()
  const document = sinking({ envelope: true, split: 'batch' })
  await runPipeline(document, { batches: 3, inputs, store, connectSink: first.connectSink, killAfterMs: 1000 })
  const second = server()
  const { recovered } = await runPipeline(document, { batches: 3, inputs, store, connectSink: second.connectSink })
  const messages = second.got.map((text): { timeMs: number; mayRepeat?: boolean } => JSON.parse(text))
  const times = [...first.got.map((text): { timeMs: number } => JSON.parse(text)), ...messages].map(
    (each) => each.timeMs,
  )
  expect([...new Set(times)]).toEqual([1000, 3000])
  for (const { timeMs, mayRepeat } of messages)
    expect(mayRepeat ?? false).toBe(recovered?.rerunMs.includes(timeMs) === true)
})
