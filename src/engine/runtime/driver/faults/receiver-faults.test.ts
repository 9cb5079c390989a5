import { expect, test } from 'vitest'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { Incident } from '#engine/model/incident.ts'
import type { StreamingContext } from '#engine/runtime/driver/context/streaming-context.ts'
import type { ConnectionEvents } from '#engine/runtime/driver/receivers/receiver-connection.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { runPipeline } from '#engine/runtime/testing/run-pipeline.ts'

const document = documentOf(
  {
    lines: ['webSocketTextStream', { url: 'ws://127.0.0.1:9' }],
    pairs: ['map', { fn: 'line => [line, 1]' }, 'lines'],
    seen: ['updateStateByKey', { fn: '(ones, n = 0) => n + ones.length' }, 'pairs'],
    out: ['print', { num: 1000 }, 'seen'],
  },
  { master: 'local[3]', conf: { 'spark.streaming.receiverRestartDelay': 1 } },
)

/** A source that sends two lines of its own before every batch, and does what `act` says before some of them. */
async function play(batches: number, act: (batch: number, context: StreamingContext) => Promise<void> | void) {
  const connections: ConnectionEvents[] = []
  const told = new Map<string, Incident>()
  const infos: BatchInfo[] = []
  let sent = 0
  let context: StreamingContext | undefined
  const opened: (() => void)[] = []
  const next = async (): Promise<void> => {
    if (context === undefined) return
    await act(infos.length + 1, context)
    connections.at(-1)?.onText(`line ${sent++}\nline ${sent++}`)
    await context.step()
  }
  const run = await runPipeline(document, {
    batches,
    collect: ['seen'],
    paused: true,
    connect: (_feed, events) => {
      connections.push(events)
      queueMicrotask(() => {
        events.onOpen()
        for (const resolve of opened.splice(0)) resolve()
      })
      return { close: () => {} }
    },
    drive: (started) => {
      context = started
      void Promise.resolve().then(next)
    },
    onIncident: (incident) => told.set(incident.id, incident),
    onCompleted: (info) => {
      infos.push(info)
      void next()
    },
  })
  const counts = new Map(run.recordsOf('seen').at(-1)?.records as [string, number][]) // states are pairs
  return { counts, infos, incidents: [...told.values()], connections, connected: opened, sent }
}

test('records that come again count again, in the batch that the incident names', async () => {
  const { counts, infos, incidents } = await play(6, (batch, context) => {
    if (batch === 4) expect(context.faults.inject({ kind: 'duplicates', node: 'lines', records: 3 }).ok).toBe(true)
  })
  // Before the fourth batch six lines have been sent; the last three come again.
  const again = [...counts].filter(([, count]) => count > 1)
  expect(again.sort()).toEqual([
    ['line 3', 2],
    ['line 4', 2],
    ['line 5', 2],
  ])
  expect(incidents).toMatchObject([
    {
      kind: 'duplicates',
      node: 'lines',
      records: 3,
      batches: [[4000, 3]],
      timeMs: 4000,
      settled: true,
      onDemand: true,
    },
  ])
  expect(infos.map(({ numRecords }) => numRecords)).toEqual([2, 2, 2, 5, 2, 2])
})

test('a connection that is cut comes back, and what was received is kept', async () => {
  let reconnected = (): void => {}
  const { counts, incidents, connections } = await play(6, async (batch, context) => {
    if (batch !== 3) return
    const back = new Promise<void>((resolve) => {
      reconnected = resolve
    })
    expect(context.faults.inject({ kind: 'connection', node: 'lines' })).toEqual({ ok: true, value: undefined })
    expect(context.faults.inject({ kind: 'connection', node: 'lines' }).ok).toBe(false)
    const watch = setInterval(() => {
      if (context.faults.targets().receivers[0]?.connected === true) reconnected()
    })
    await back
    clearInterval(watch)
  })
  expect(connections).toHaveLength(2)
  expect([...counts.values()].every((count) => count === 1)).toBe(true)
  expect(counts.size).toBe(12)
  expect(incidents).toMatchObject([
    { kind: 'connection', node: 'lines', records: 4, backMs: 3000, timeMs: 3000, settled: true, onDemand: true },
  ])
})
