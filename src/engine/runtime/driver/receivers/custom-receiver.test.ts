import { describe, expect, test } from 'vitest'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import { COUNTING, receiverBench } from '#engine/runtime/testing/receiver-bench.ts'

describe('store', () => {
  test('of records makes one block per block interval, in order', async () => {
    const { start, pass, blocks, told } = receiverBench(COUNTING)
    await start()
    await pass(3100)
    const all = blocks().flat()
    expect(all).toEqual(all.map((_, index) => index))
    expect(all.length).toBeGreaterThanOrEqual(25)
    expect(blocks().length).toBeGreaterThanOrEqual(12)
    expect(told.receivers).toMatchObject([{ state: 'active', node: 'a' }])
  })

  test('of an array or an iterator is one block, and of a pair with storeItem a record', async () => {
    const { start, pass, blocks } = receiverBench(`{
      onStart(receiver) {
        receiver.store([1, [2, 3]])
        receiver.store(new Set(['a', 'b']).values())
        receiver.store((function* () { yield 4 })())
        receiver.storeItem(['key', 1])
        receiver.store({ n: 1n })
      },
    }`)
    await start()
    await pass(1100)
    expect(blocks()).toEqual([[1, [2, 3]], ['a', 'b'], [4], [['key', 1], { n: { $: 'bigint', v: '1' } }]])
  })

  test('throws what is no record, before onStart and after the end', async () => {
    const { start, pass, told, context } = receiverBench(`class extends Receiver {
      constructor() { super(); try { this.store(1) } catch (e) { this.early = e.message } }
      onStart() {
        this.reportError(this.early)
        try { this.store(Symbol()) } catch (e) { this.reportError(e.message) }
        this.timer = setInterval(() => {}, 10)
      }
      onStop() { setTimeout(() => this.store(1), 0); try { this.store(2) } catch (e) { console.log('refused') } }
    }`)
    await start()
    await pass(600)
    expect(told.warnings).toEqual([
      expect.stringContaining('A ReceiverSupervisor has not been attached to the receiver yet'),
      expect.stringContaining('a symbol, which no record may hold'),
    ])
    void context.stop({ graceful: true })
    await pass(3000)
    expect(told.states).toEqual(['ACTIVE', 'STOPPED'])
    expect(told.receivers).toMatchObject([{ state: 'stopped' }])
  })

  test('waits for the rate limit', async () => {
    const { start, pass, blocks, told } = receiverBench(
      `{ async onStart(receiver) { for (let n = 0; ; n++) { await receiver.store(n); console.log(n) } } }`,
      { conf: { 'spark.streaming.receiver.maxRate': 10 } },
    )
    await start()
    await pass(4100)
    const all = blocks().flat()
    expect(all).toEqual(all.map((_, index) => index))
    expect(all.length).toBeGreaterThanOrEqual(25)
    expect(all.length).toBeLessThanOrEqual(40)
    // What it has stored beyond what has passed: two intervals here, one there.
    const ahead = Number(told.receivers[0]?.lastLine) - all.length
    expect(ahead).toBeLessThan(20)
    expect(told.receivers).toMatchObject([{ rateLimit: 10 }])
  })

  test('of blocks is not limited', async () => {
    const { start, pass, blocks } = receiverBench(
      '{ async onStart(receiver) { for (let n = 0; n < 5; n++) await receiver.store([n, n, n, n]) } }',
      { conf: { 'spark.streaming.receiver.maxRate': 1 } },
    )
    await start()
    await pass(1100)
    expect(blocks()).toEqual([0, 1, 2, 3, 4].map((n) => [n, n, n, n]))
  })

  test('drops what nobody waited for, and says so', async () => {
    const { start, pass, told } = receiverBench(
      '{ onStart(receiver) { for (let n = 0; n < 100_010; n++) receiver.store(n) } }',
      { conf: { 'spark.streaming.receiver.maxRate': 1 } },
    )
    await start()
    await pass(500)
    expect(told.warnings).toEqual([expect.stringContaining('10 records were dropped')])
  })
})

describe('a reliable receiver', () => {
  const RELIABLE = `{
    async onStart(receiver) {
      for (let n = 0; n < 3; n++) {
        try { await receiver.store([n]); console.log('stored ' + n) } catch (error) { receiver.reportError('not stored', error) }
      }
    },
  }`

  test('hears that its block is stored only when it is in the log', async () => {
    const store = new MemoryCheckpointStore()
    const write = store.write.bind(store)
    let holds = true
    const held: (() => void)[] = []
    store.write = async (step) => {
      if (holds && [...step.put.keys()].some((key) => key.startsWith('block/')))
        await new Promise<void>((resolve) => held.push(resolve))
      return write(step)
    }
    const { start, pass, told } = makeBench(
      documentOf(
        { a: ['receiverStream', { receiver: RELIABLE }], out: ['print', {}, 'a'] },
        { conf: { 'spark.streaming.receiver.writeAheadLog.enable': true } },
      ),
      { clock: 'real', store },
    )
    await start()
    await pass(300)
    expect(told.receivers[0]?.lastLine).toBeUndefined()
    holds = false
    for (const go of held) go()
    await pass(1000)
    expect(told.receivers[0]?.lastLine).toBe('stored 2')
  })

  test('hears that its block is not stored', async () => {
    const store = new MemoryCheckpointStore()
    const write = store.write.bind(store)
    store.write = (step) =>
      [...step.put.keys()].some((key) => key.startsWith('block/')) ? Promise.reject(new Error('full')) : write(step)
    const { start, pass, told } = makeBench(
      documentOf({ a: ['receiverStream', { receiver: RELIABLE }], out: ['print', {}, 'a'] }),
      { clock: 'real', store },
    )
    await start()
    await pass(1500)
    expect(told.warnings.filter((each) => each.startsWith('not stored'))).toHaveLength(3)
    expect(told.completed.map(({ info }) => info.numRecords)).toEqual([0])
  })
})
