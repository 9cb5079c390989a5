import { describe, expect, test } from 'vitest'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { receiverBench } from '#engine/runtime/testing/receiver-bench.ts'

describe('the life of a receiver', () => {
  test('restart calls onStop, waits, and calls onStart of the same object', async () => {
    const { start, pass, told, receiverEvents } = receiverBench(`{
      starts: 0,
      onStart(receiver) {
        this.starts++
        console.log('start ' + this.starts)
        if (this.starts === 1) setTimeout(() => this.restart('server gone', new Error('ECONN'), 700), 100)
      },
      onStop() { console.log('stop ' + this.starts) },
    }`)
    await start()
    await pass(500)
    expect(told.receivers).toMatchObject([
      { state: 'waiting', lastError: 'server gone: Error: ECONN', lastLine: 'stop 1' },
    ])
    await pass(1000)
    expect(told.receivers).toMatchObject([{ state: 'active', lastLine: 'start 2' }])
    expect(receiverEvents()).toEqual([
      ['ReceiverStarted', ''],
      ['ReceiverStopped', 'Restarting receiver with delay 700ms: server gone: Error: ECONN'],
      ['ReceiverStarted', ''],
    ])
  })

  test('restart without a delay waits as spark.streaming.receiverRestartDelay says', async () => {
    const { start, pass, told } = receiverBench(
      "{ onStart(receiver) { if (globalThis.again === undefined) { globalThis.again = 1; receiver.restart('x') } } }",
      { conf: { 'spark.streaming.receiverRestartDelay': 900 } },
    )
    await start()
    await pass(200)
    Reflect.deleteProperty(globalThis, 'again')
    expect(told.receivers[0]?.state).toBe('waiting')
    await pass(500)
    expect(told.receivers[0]?.state).toBe('waiting')
    Reflect.set(globalThis, 'again', 1)
    await pass(700)
    Reflect.deleteProperty(globalThis, 'again')
    expect(told.receivers[0]?.state).toBe('active')
  })

  test('stop keeps what was stored, and another receiver takes its place', async () => {
    const { start, pass, told, blocks, receiverEvents } = receiverBench(
      "{ onStart(receiver) { receiver.store('one'); receiver.reportError('trouble'); receiver.stop('enough') } }",
      { conf: { 'spark.streaming.receiverRestartDelay': 1500 } },
    )
    await start()
    await pass(1000)
    expect(told.receivers).toMatchObject([{ state: 'waiting', lastError: 'enough' }])
    await pass(1500)
    expect(blocks().flat()).toEqual(['one', 'one'])
    expect(receiverEvents().slice(0, 4)).toEqual([
      ['ReceiverStarted', ''],
      ['ReceiverError', 'trouble'],
      ['ReceiverStopped', 'enough'],
      ['ReceiverStarted', ''],
    ])
  })

  test('an exception in onStart stops it, and it is started again', async () => {
    const { start, pass, told, receiverEvents } = receiverBench("{ onStart() { throw new TypeError('no port') } }")
    await start()
    await pass(1000)
    expect(told.receivers).toMatchObject([
      { state: 'waiting', lastError: 'Error starting receiver 0: TypeError: no port' },
    ])
    await pass(3000)
    expect(receiverEvents().filter(([kind]) => kind === 'ReceiverStarted').length).toBeGreaterThan(1)
  })

  test.each([
    ['({})', 'The receiver has no onStart'],
    ['() => 1', 'The source must give a receiver'],
    ["() => { throw new Error('made badly') }", 'made badly'],
    ['{ onStart() {}, onStop: 1 }', 'onStop of the receiver is not a function'],
  ])('%s cannot be made, which is final', async (source, reason) => {
    const { start, pass, told } = receiverBench(source)
    await start()
    await pass(10_000)
    expect(told.receivers).toMatchObject([{ state: 'stopped', lastError: expect.stringContaining(reason) }])
    expect(told.warnings).toEqual([expect.stringContaining(reason)])
  })

  test('the shared code may hold its class, and names of its own', async () => {
    const { start, pass, blocks, told } = receiverBench('Ticker', {
      prelude: `const setTimeout = 'mine'
class Ticker extends Receiver { onStart() { this.store(setTimeout) } }`,
    })
    await start()
    await pass(1100)
    expect([blocks().flat(), told.receivers[0]?.address]).toEqual([['mine'], 'Ticker'])
  })

  test('what timers throw is reported, and it goes on', async () => {
    const { start, pass, told } = receiverBench(`{
      onStart(receiver) {
        setTimeout(() => { throw new Error('sync') }, 10)
        setTimeout(async () => { throw new Error('async') }, 20)
        setTimeout(() => receiver.store('after'), 30)
      },
    }`)
    await start()
    await pass(1100)
    expect(told.warnings).toEqual([expect.stringContaining('sync'), expect.stringContaining('async')])
    expect(told.completed[0]?.info.numRecords).toBe(1)
  })

  test('a flood of reports is cut down', async () => {
    const { start, pass, told } = receiverBench(
      "{ onStart(receiver) { setInterval(() => { for (let n = 0; n < 100; n++) receiver.reportError('e' + n) }, 10) } }",
    )
    await start()
    await pass(3000)
    expect(told.warnings.length).toBeLessThan(25)
  })

  test('a graceful stop runs all that was stored', async () => {
    const { start, pass, blocks, told, context } = receiverBench(
      '{ onStart(receiver) { for (let n = 0; n < 500; n++) receiver.store(n) } }',
      { conf: { 'spark.streaming.receiver.maxRate': 100 } },
    )
    await start()
    await pass(300)
    const stopped = context.stop({ graceful: true })
    await pass(3000)
    await stopped
    expect(blocks().flat().length).toBe(500)
    expect(told.receivers).toMatchObject([{ state: 'stopped', records: 500 }])
  })
})

test('a receiver takes the only core of local[1]: batches queue, none runs, and a warning says so', async () => {
  const { start, pass, told, orders, plan } = makeBench(
    documentOf(
      {
        a: ['receiverStream', { receiver: '{ onStart(receiver) { receiver.store([1, 2]) } }' }],
        out: ['print', {}, 'a'],
      },
      { master: 'local[1]', checkpoint: false },
    ),
    { clock: 'real' },
  )
  expect([plan.cores, plan.executors]).toEqual([1, 0])
  await start()
  expect(told.warnings).toEqual([
    expect.stringMatching(
      /^spark\.master should be set as local\[n\], n > 1 in local mode if you have receivers to get data/,
    ),
  ])
  await pass(5000)
  expect(told.receivers).toMatchObject([{ state: 'active', records: 2 }])
  expect(told.infos.map(({ status }) => status)).toEqual(Array(told.infos.length).fill('queued'))
  expect(told.infos.length).toBeGreaterThanOrEqual(4)
  expect(orders).toEqual([])
})
