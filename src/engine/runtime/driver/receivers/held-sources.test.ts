import { describe, expect, test } from 'vitest'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { everything, pullOf } from './pull-room.ts'
import type { Connect, ConnectionEvents } from './receiver-connection.ts'

/** A source that can wait, and what it was told. */
function waitingSource() {
  const told: boolean[] = []
  const made: ConnectionEvents[] = []
  const connect: Connect = (_feed, events) => {
    made.push(events)
    return { close: () => {}, hold: (isHeld) => told.push(isHeld) }
  }
  const newest = (): ConnectionEvents => made.at(-1) ?? expect.unreachable('nobody has connected')
  return { connect, told, newest }
}

const documentWith = (params: object, conf: object = {}): object =>
  documentOf({ a: ['webSocketTextStream', { url: 'ws://localhost:1/', ...params }], out: ['print', {}, 'a'] }, { conf })

const linesOf = (count: number): string => 'x\n'.repeat(count)

describe('a source that can wait', () => {
  test('is held while the rate limit keeps many records back, and loses none', async () => {
    const { connect, told, newest } = waitingSource()
    const bench = makeBench(documentWith({ maxRate: 100_000 }), { connect, clock: 'real' })
    await bench.start()
    newest().onOpen()
    newest().onText(linesOf(49_999))
    expect(told).toEqual([])
    newest().onText(linesOf(20_001))
    expect(told).toEqual([true])
    await bench.pass(200)
    expect(told).toEqual([true])
    await bench.pass(200)
    expect(told).toEqual([true, false])
    await bench.pass(1600)
    expect(bench.told.completed.reduce((sum, { info }) => sum + info.numRecords, 0)).toBe(70_000)
  })

  test('is not held for what only waits for its block', async () => {
    const { connect, told, newest } = waitingSource()
    const limited = makeBench(documentWith({ maxRate: 1_000_000 }), { connect, clock: 'real' })
    await limited.start()
    newest().onOpen()
    newest().onText(linesOf(300_000))
    const unlimited = makeBench(documentWith({}), { connect, clock: 'real' })
    await unlimited.start()
    newest().onOpen()
    newest().onText(linesOf(499_999))
    expect(told).toEqual([])
    newest().onText('x')
    expect(told).toEqual([true])
  })

  test('is held again when it comes back', async () => {
    const { connect, told, newest } = waitingSource()
    const bench = makeBench(documentWith({ maxRate: 1 }), { connect, clock: 'real' })
    await bench.start()
    newest().onOpen()
    newest().onText(linesOf(60_000))
    newest().onClose('lost', false)
    await bench.pass(2000)
    newest().onOpen()
    expect(told).toEqual([true, true])
  })

  test('is held while the batches have much text before them', async () => {
    const { connect, told, newest } = waitingSource()
    const bench = makeBench(documentWith({ split: 'message' }), { connect, clock: 'real' })
    await bench.start()
    newest().onOpen()
    newest().onText('x'.repeat(3 * 2 ** 20))
    await bench.pass(200)
    expect(told).toEqual([])
    newest().onText('x'.repeat(3 * 2 ** 20))
    expect(told).toEqual([true])
    await bench.pass(200)
    expect(told).toEqual([true])
    await bench.pass(1000)
    expect(told).toEqual([true, false])
  })
})

describe('what is told of a source that is made to wait', () => {
  const shareOf = (bench: ReturnType<typeof makeBench>): number | undefined => bench.told.receivers[0]?.heldShare

  async function heldBench(clock: 'real' | 1, canWait = true) {
    const { connect, newest } = waitingSource()
    const unheld: Connect = (feed, events) => ({ close: connect(feed, events).close })
    const bench = makeBench(documentWith({ maxRate: 30_000 }), { connect: canWait ? connect : unheld, clock })
    await bench.start()
    newest().onOpen()
    newest().onText(linesOf(40_000))
    await bench.pass(1000)
    return { bench, newest }
  }

  test('how much of the last seconds it was held', async () => {
    const { bench, newest } = await heldBench('real')
    expect(shareOf(bench)).toBe(0)
    newest().onText(linesOf(120_000))
    await bench.pass(2000)
    expect(shareOf(bench)).toBeCloseTo(1 - Math.exp(-2000 / 5000), 1)
    await bench.pass(60_000)
    expect(shareOf(bench)).toBeLessThan(0.01)
    newest().onClose('lost', false)
    expect(shareOf(bench)).toBeUndefined()
  })

  test('nothing under a virtual clock, and nothing where it cannot be held', async () => {
    expect(shareOf((await heldBench(1)).bench)).toBeUndefined()
    expect(shareOf((await heldBench('real', false)).bench)).toBeUndefined()
  })
})

describe('a source that cannot be made to wait', () => {
  async function fullBench() {
    const made: ConnectionEvents[] = []
    let closed = 0
    const connect: Connect = (_feed, events) => {
      made.push(events)
      return { close: () => (closed += 1) }
    }
    const document = documentOf(
      { a: ['webSocketTextStream', { url: 'ws://localhost:1/', split: 'message' }], out: ['print', {}, 'a'] },
      { batchMs: 7000, conf: { 'sluice.receiver.maxBuffered': '4m' } },
    )
    const bench = makeBench(document, { connect, clock: 'real' })
    await bench.start()
    made[0]?.onOpen()
    return { bench, made, closedTimes: () => closed }
  }

  const message = 'x'.repeat(2 ** 20)

  test('is left when too much waits, and connected to again when half of it is processed', async () => {
    const { bench, made, closedTimes } = await fullBench()
    for (let sent = 0; sent < 4; sent++) made[0]?.onText(message)
    expect(closedTimes()).toBe(0)
    made[0]?.onText(message)
    expect(closedTimes()).toBe(1)
    expect(bench.told.receivers[0]).toMatchObject({ state: 'waiting', records: 5 })
    expect(bench.told.warnings).toEqual([expect.stringContaining('4 MiB of text wait')])
    await bench.pass(6500)
    expect(made).toHaveLength(1)
    await bench.pass(2000)
    expect(made).toHaveLength(2)
    made[1]?.onOpen()
    made[1]?.onText('y')
    expect(bench.told.receivers[0]).toMatchObject({ state: 'active' })
    await bench.pass(7000)
    expect(bench.told.completed.map(({ info }) => info.numRecords)).toEqual([5, 1])
  })

  test('goes on as long as the batches keep up', async () => {
    const { bench, made, closedTimes } = await fullBench()
    for (let batch = 0; batch < 4; batch++) {
      for (let sent = 0; sent < 3; sent++) made[0]?.onText(message)
      await bench.pass(7000)
    }
    expect(closedTimes()).toBe(0)
    expect(bench.told.completed.map(({ info }) => info.numRecords)).toEqual([3, 3, 3, 3])
  })
})

test('a custom receiver is asked for nothing while it is held, and for all that is there when it ends', () => {
  const flow = { rate: Number.POSITIVE_INFINITY, intervalMs: 200 }
  const place = { waiting: 10, free: 3 }
  expect(pullOf(flow, { ...place, isHeld: false })).toEqual({ records: 49_990, blocks: 3, window: 2000 })
  expect(pullOf(flow, { ...place, isHeld: true })).toEqual({ records: 0, blocks: 0, window: 2000 })
  expect(everything(flow, { ...place, isHeld: true })).toEqual({ records: 50_000, blocks: 3, window: 2000 })
})
