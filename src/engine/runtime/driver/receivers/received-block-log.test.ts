import { describe, expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { Conf } from '#engine/model/pipeline.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { FakeTimers, settle } from '#engine/runtime/testing/fake-timers.ts'
import { type BlockLogStore, ReceivedBlockLog } from './received-block-log.ts'

const block = { id: 0, inputStreamId: 0, records: 1, payload: { kind: 'lines', text: 'a', count: 1 } } as const
const ON = { 'spark.streaming.receiver.writeAheadLog.enable': true }

/** A log whose store answers each write as it is told, in turn. */
function make(conf: Conf, answers: readonly (boolean | 'never')[]) {
  const timers = new FakeTimers()
  const writes: (readonly [string, unknown])[] = []
  const next = (what: string, detail: unknown): Promise<boolean> => {
    const answer = answers[writes.push([what, detail]) - 1] ?? true
    return answer === 'never' ? new Promise(() => {}) : Promise.resolve(answer)
  }
  const store: BlockLogStore = {
    logBlock: (_block, withRecords) => next('block', withRecords),
    logAllocation: (timeMs, ids) => next('allocation', [timeMs, ids]),
  }
  return { log: new ReceivedBlockLog(store, conf, timers), timers, writes }
}

describe('the log of received blocks', () => {
  test('holds what is known of a block always, its records only when it is on', async () => {
    const off = make({}, [])
    expect(await off.log.addition(block)).toBe(true)
    const on = make(ON, [])
    expect(await on.log.addition(block)).toBe(true)
    expect([off.writes, on.writes]).toEqual([[['block', false]], [['block', true]]])
    expect(on.timers.waiting).toBe(0)
  })

  test('is not there without a checkpoint directory', async () => {
    const log = new ReceivedBlockLog(undefined, ON, new FakeTimers())
    expect([log.keepsRecords, await log.addition(block), await log.allocation(1000, [0])]).toEqual([false, true, true])
  })

  test('tries a write as often as it is told', async () => {
    const usual = make({}, [false, false, false, true])
    expect([await usual.log.addition(block), usual.writes.length]).toEqual([false, 3])
    const lucky = make({}, [false, false, true])
    expect(await lucky.log.allocation(1000, [1, 2])).toBe(true)
    expect(lucky.writes.at(-1)).toEqual(['allocation', [1000, [1, 2]]])
    const once = make({ 'spark.streaming.driver.writeAheadLog.maxFailures': 1 }, [false, true])
    expect([await once.log.allocation(1000, []), once.writes.length]).toEqual([false, 1])
  })

  test('gives a block up that is not stored in time', async () => {
    const { log, timers } = make({ ...ON, 'spark.streaming.receiver.blockStoreTimeout': 5 }, ['never'])
    let stored: boolean | undefined
    void log.addition(block).then((each) => {
      stored = each
    })
    await timers.pass(4999)
    expect(stored).toBeUndefined()
    await timers.pass(1)
    expect(stored).toBe(false)
  })
})

describe('a run whose log cannot be written', () => {
  /** Refuses writes of some entries while it is told to. */
  function refusing(prefix: string) {
    const store = new MemoryCheckpointStore()
    const write = store.write.bind(store)
    const refuse = { on: true }
    store.write = (step) =>
      refuse.on && [...step.put.keys()].some((key) => key.startsWith(prefix))
        ? Promise.reject(new Error('full'))
        : write(step)
    return { store, refuse }
  }
  const typed = documentOf({ a: ['manualStream'], out: ['print', {}, 'a'] })

  test('leaves blocks queued for the next batch when an allocation is not stored', async () => {
    const { store, refuse } = refusing('allocation/')
    const { start, pass, context, told } = makeBench(typed, { store, clock: 'real' })
    await start()
    await context.type('a', ['one', 'two'])
    await pass(1200)
    refuse.on = false
    await pass(1000)
    expect(told.completed.map(({ info }) => info.numRecords)).toEqual([0, 2])
  })

  test('keeps blocks waiting until they are stored, and says so', async () => {
    const { store, refuse } = refusing('block/')
    const { start, pass, context, told, orders } = makeBench(typed, { store, clock: 'real' })
    await start()
    for (const line of ['one', 'two', 'three']) {
      await context.type('a', [line])
      await pass(300)
    }
    refuse.on = false
    await pass(2200)
    const texts = orders.flatMap(({ blocks }) => blocks.map(({ payload }) => ('text' in payload ? payload.text : '')))
    expect(texts.sort()).toEqual(['one', 'three', 'two'])
    expect(told.warnings.filter((each) => each.includes('block pushing thread'))).toHaveLength(3)
    expect(told.completed.reduce((sum, { info }) => sum + info.numRecords, 0)).toBe(3)
  })

  test('holds up no step of a clock that stands still', async () => {
    const { store } = refusing('block/')
    const { start, context, told } = makeBench(typed, { store, clock: 'paused' })
    await start()
    await context.type('a', ['one'])
    await context.step()
    await settle()
    expect(told.completed.map(({ info }) => info.numRecords)).toEqual([0])
  })

  test('says what is lost when it is stopped', async () => {
    const { store } = refusing('block/')
    const { start, pass, context, told } = makeBench(typed, { store, clock: 'real' })
    await start()
    await context.type('a', ['one', 'two'])
    await pass(300)
    const stopped = context.stop({ graceful: false })
    await settle()
    await stopped
    expect(told.warnings).toContain('2 records could not be logged and are lost.')
    expect(told.states).toEqual(['ACTIVE', 'STOPPED'])
  })
})

test('the log is cleaned of batches that nothing needs any more', async () => {
  const store = new MemoryCheckpointStore()
  const document = documentOf({ a: ['manualStream'], out: ['print', {}, 'a'] }, { conf: ON })
  const { start, pass, context } = makeBench(document, { store, clock: 'real' })
  await start()
  for (let batch = 1; batch <= 10; batch++) {
    await context.type('a', [`line ${batch}`])
    await pass(1000)
  }
  const keys = [...(await store.read()).keys()]
  const logged = (prefix: string) => keys.filter((key) => key.startsWith(prefix)).length
  expect(logged('allocation/')).toBeLessThanOrEqual(3)
  expect(logged('block/')).toBeLessThanOrEqual(3)
  expect(logged('block/')).toBeGreaterThan(0)
})
