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

test('a custom receiver is asked for nothing while it is held, and for all that is there when it ends', () => {
  const flow = { rate: Number.POSITIVE_INFINITY, intervalMs: 200 }
  const place = { waiting: 10, free: 3 }
  expect(pullOf(flow, { ...place, isHeld: false })).toEqual({ records: 49_990, blocks: 3, window: 2000 })
  expect(pullOf(flow, { ...place, isHeld: true })).toEqual({ records: 0, blocks: 0, window: 2000 })
  expect(everything(flow, { ...place, isHeld: true })).toEqual({ records: 50_000, blocks: 3, window: 2000 })
})
