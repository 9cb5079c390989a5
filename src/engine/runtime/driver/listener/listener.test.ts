import { describe, expect, test } from 'vitest'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { type BenchOptions, type Deed, makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { settle } from '#engine/runtime/testing/fake-timers.ts'
import type { BatchOrder } from '#engine/runtime/wire.ts'
import type { ListenerEvent } from './listener-event.ts'

// StreamingListenerSuite.

const source = { a: ['simulatedTextStream', { rowsPerSecond: 1 }] } as const
const document = documentOf({ ...source, out: ['print', {}, 'a'] })
const outputs = (count: number) =>
  documentOf({
    ...source,
    ...Object.fromEntries(Array.from({ length: count }, (_, id) => [`out${id}`, ['print', {}, 'a'] as const])),
  })

async function listen(to: object, options: BenchOptions = {}) {
  const bench = makeBench(to, options)
  const events: ListenerEvent[] = []
  const listener = { onEvent: (event: ListenerEvent) => void events.push(event) }
  bench.context.addStreamingListener(listener)
  await bench.start()
  const kinds = (): string[] => events.map(({ kind }) => kind)
  const batchesOf = (kind: ListenerEvent['kind']) =>
    events.flatMap((event) => (event.kind === kind && 'batchInfo' in event ? [event.batchInfo] : []))
  const operationsOf = (kind: ListenerEvent['kind']) =>
    events.flatMap((event) =>
      event.kind === kind && 'outputOperationInfo' in event ? [event.outputOperationInfo] : [],
    )
  return { ...bench, events, listener, kinds, batchesOf, operationsOf }
}

/** An answer in which the job fails with its message, if it has one. */
function failing(order: BatchOrder, messages: readonly (string | undefined)[]): Deed {
  const message = messages[order.jobs[0].output]
  return message === undefined ? 'answer' : { output: order.jobs[0].output, failure: { node: 'a', message } }
}

describe('a batch', () => {
  test('is submitted, started and completed, with its output operations in between', async () => {
    const { pass, kinds } = await listen(outputs(2))
    await pass(1000)
    expect(kinds()).toEqual([
      ...['StreamingStarted', 'BatchSubmitted', 'BatchStarted'],
      ...['OutputOperationStarted', 'OutputOperationCompleted', 'OutputOperationStarted', 'OutputOperationCompleted'],
      'BatchCompleted',
    ])
  })

  test('says all that is known of it by then', async () => {
    const { pass, batchesOf } = await listen(document, { nowMs: 0 })
    await pass(1000)
    const info = { id: 0, batchTime: 1000, name: 'print at out', description: 'out' }
    const submitted = {
      batchTime: 1000,
      streamIdToInputInfo: {
        0: {
          inputStreamId: 0,
          numRecords: 1,
          metadata: { Description: 'rows: 0 to 1\tcount: 1' },
          metadataDescription: 'rows: 0 to 1\tcount: 1',
        },
      },
      submissionTime: 1000,
      outputOperationInfos: { 0: info },
      numRecords: 1,
    }
    expect(batchesOf('BatchSubmitted')).toEqual([submitted])
    const started = { ...submitted, processingStartTime: 1000, schedulingDelay: 0 }
    expect(batchesOf('BatchStarted')).toEqual([started])
    expect(batchesOf('BatchCompleted')).toEqual([
      {
        ...started,
        processingEndTime: 1000,
        processingDelay: 0,
        totalDelay: 0,
        outputOperationInfos: { 0: { ...info, startTime: 1000, endTime: 1000, duration: 0 } },
      },
    ])
  })

  test('comes after the one before, in every time it has', async () => {
    const { pass, batchesOf } = await listen(document)
    await pass(5000)
    const completed = batchesOf('BatchCompleted')
    expect(completed).toHaveLength(5)
    for (const time of ['submissionTime', 'processingStartTime', 'processingEndTime'] as const) {
      const times = completed.map((batch) => batch[time] ?? Number.NaN)
      expect(times).toEqual([...times].sort((a, b) => a - b))
    }
  })

  test('has its output operations in order of registration', async () => {
    const { pass, operationsOf } = await listen(outputs(3))
    await pass(1000)
    expect(operationsOf('OutputOperationStarted').map(({ id }) => id)).toEqual([0, 1, 2])
    expect(operationsOf('OutputOperationCompleted').map(({ id }) => id)).toEqual([0, 1, 2])
    expect(operationsOf('OutputOperationStarted')[0]).not.toHaveProperty('endTime')
  })

  test.each([
    [[undefined], {}],
    [['A'], { 0: 'A' }],
    [['A', 'B'], { 0: 'A', 1: 'B' }],
    [[undefined, 'B'], { 1: 'B' }],
  ])('whose output operations throw %j says so, and runs them all', async (messages, reasons) => {
    const { pass, batchesOf, operationsOf, context } = await listen(outputs(messages.length), {
      act: (order) => failing(order, messages),
    })
    await pass(1000)
    const infos = Object.values(batchesOf('BatchCompleted')[0]?.outputOperationInfos ?? {})
    const failed = infos.filter(({ failureReason }) => failureReason !== undefined)
    expect(Object.fromEntries(failed.map(({ id, failureReason }) => [id, failureReason]))).toEqual(reasons)
    expect(operationsOf('OutputOperationCompleted')).toHaveLength(messages.length)
    const last = messages.at(-1)
    if (last !== undefined) await expect(context.awaitTermination()).rejects.toThrow(last)
  })
})

describe('a listener', () => {
  test('is told after the run has gone on, and of nothing after the stop', async () => {
    const { pass, context, events, kinds } = await listen(document)
    await pass(2000)
    expect(kinds().filter((kind) => kind === 'BatchCompleted')).toHaveLength(2)
    const before = events.length
    const stopped = context.stop({ graceful: false })
    await stopped
    await pass(5000)
    expect(events).toHaveLength(before)
  })

  test('is told no more when it is removed', async () => {
    const { pass, context, events, listener } = await listen(document)
    context.removeStreamingListener(listener)
    await pass(2000)
    expect(events.map(({ kind }) => kind)).toEqual(['StreamingStarted'])
  })

  test('that throws is a warning, and others are told all the same', async () => {
    const { pass, context, told, kinds } = await listen(document)
    context.addStreamingListener({
      onEvent: ({ kind }) => {
        if (kind === 'BatchSubmitted') throw new Error('not today')
      },
    })
    await pass(1000)
    expect(told.warnings).toEqual(['A listener threw: not today'])
    expect(kinds().at(-1)).toBe('BatchCompleted')
  })
})

describe('a receiver', () => {
  test('starts, stops when its connection is lost, starts again, and is stopped by the driver', async () => {
    const closes: ((reason: string, final: boolean) => void)[] = []
    const { pass, context, events } = await listen(
      documentOf({ a: ['webSocketTextStream', { url: 'ws://localhost:9999' }], out: ['print', {}, 'a'] }),
      {
        connect: (_feed, { onOpen, onClose }) => {
          onOpen()
          closes.push(onClose)
          return { close: () => {} }
        },
      },
    )
    closes[0]?.('gone', false)
    await settle()
    await pass(2000)
    await context.stop({ graceful: false })
    const told = events.flatMap((event) =>
      'receiverInfo' in event ? [{ kind: event.kind, ...event.receiverInfo }] : [],
    )
    const info = {
      streamId: 0,
      name: 'WebSocketReceiver-0',
      location: 'localhost',
      executorId: 'driver',
      lastError: '',
    }
    const noError = { lastErrorMessage: '', lastErrorTime: -1 }
    expect(told).toEqual([
      { kind: 'ReceiverStarted', ...info, active: true, ...noError },
      {
        kind: 'ReceiverStopped',
        ...info,
        active: false,
        lastErrorMessage: 'Restarting receiver with delay 2000ms: gone',
        lastErrorTime: 0,
      },
      { kind: 'ReceiverStarted', ...info, active: true, ...noError },
      { kind: 'ReceiverStopped', ...info, active: false, lastErrorMessage: 'Stopped by driver', lastErrorTime: 2000 },
    ])
  })

  test('reports an error and goes on; the time of the last stop stays', async () => {
    let say = (_text: string): void => {}
    const { events } = await listen(
      documentOf({ a: ['webSocketTextStream', { url: 'ws://localhost:9999', json: true }], out: ['print', {}, 'a'] }),
      {
        connect: (_feed, { onOpen, onText }) => {
          onOpen()
          say = onText
          return { close: () => {} }
        },
      },
    )
    say('{"half"')
    await settle()
    expect(events.at(-1)).toMatchObject({
      kind: 'ReceiverError',
      receiverInfo: {
        streamId: 0,
        active: true,
        lastErrorMessage: expect.stringContaining('not JSON'),
        lastErrorTime: -1,
      },
    })
  })
})
