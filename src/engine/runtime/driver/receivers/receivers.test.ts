import { describe, expect, test } from 'vitest'
import { documentOf } from '#engine/runtime/testing/document.ts'
import { makeBench } from '#engine/runtime/testing/driver-bench.ts'
import type { Connect, ConnectionEvents } from './receiver-connection.ts'

/** Connections that a test opens, feeds and closes. */
function connections() {
  const made: { readonly events: ConnectionEvents; closed: boolean }[] = []
  const connect: Connect = (_feed, events) => {
    const connection = { events, closed: false }
    made.push(connection)
    return {
      close: () => {
        connection.closed = true
      },
    }
  }
  return { made, connect }
}

describe('a receiver', () => {
  const documentWith = (params: object, conf: object = {}): object =>
    documentOf(
      { a: ['webSocketTextStream', { url: 'ws://localhost:1/', ...params }], out: ['print', {}, 'a'] },
      { conf },
    )

  test('tries again after 2, 4, 8 s, at most 30, and after 2 when it had been connected', async () => {
    const { made, connect } = connections()
    const { start, pass, told } = makeBench(documentWith({}), { connect })
    await start()
    for (const delayMs of [2000, 4000, 8000, 16_000, 30_000, 30_000]) {
      const tries = made.length
      made.at(-1)?.events.onClose('refused', false)
      expect(told.receivers).toMatchObject([{ state: 'waiting', lastError: 'refused' }])
      await pass(delayMs - 100)
      expect(made).toHaveLength(tries)
      await pass(100)
      expect(made).toHaveLength(tries + 1)
    }
    made.at(-1)?.events.onOpen()
    expect(told.receivers).toMatchObject([{ state: 'active' }])
    const tries = made.length
    made.at(-1)?.events.onClose('lost', false)
    await pass(2000)
    expect(made).toHaveLength(tries + 1)
  })

  test('does not try again after a final refusal, nor after a stop', async () => {
    const final = connections()
    const one = makeBench(documentWith({}), { connect: final.connect })
    await one.start()
    final.made[0]?.events.onClose('not allowed', true)
    await one.pass(60_000)
    expect(final.made).toHaveLength(1)
    expect(one.told.warnings).toEqual(['not allowed'])
    const lost = connections()
    const two = makeBench(documentWith({}), { connect: lost.connect })
    await two.start()
    lost.made[0]?.events.onClose('lost', false)
    await two.context.stop({ graceful: false })
    await two.pass(60_000)
    expect(lost.made).toHaveLength(1)
    expect(two.timers.waiting).toBe(0)
  })

  const splits: readonly (readonly [object, readonly string[], readonly unknown[]])[] = [
    [{ split: 'lines' }, ['a b\nc\n', 'd\r\ne'], ['a b', 'c', 'd', 'e']],
    [{ split: 'message' }, ['a b\nc\n', 'd'], ['a b\nc\n', 'd']],
    [{ split: 'lines', json: true }, ['{"n":1}\n[2]\n', 'nonsense\n3'], [{ n: 1 }, [2], 3]],
    [{ split: 'lines', json: true }, [`7\n${'['.repeat(101)}${']'.repeat(101)}\n8`], [7, 8]],
    [{ split: 'message', json: true }, ['{\n"$": "date",\n"v": 1e999}', '{} {}'], [{ $: 'date', v: Infinity }]],
  ]
  test.each(splits)('with %j takes %j apart', async (params, texts, records) => {
    const { made, connect } = connections()
    const { start, pass, orders, told } = makeBench(documentWith(params), { connect, clock: 'real' })
    await start()
    made[0]?.events.onOpen()
    for (const text of texts) made[0]?.events.onText(text)
    await pass(1100)
    const payloads = orders.flatMap(({ blocks }) => blocks.map(({ payload }) => payload))
    const arrived = payloads.flatMap((payload): readonly unknown[] => {
      if (payload.kind === 'lines') return payload.text.split('\n')
      return payload.kind === 'json' || payload.kind === 'tagged' ? (JSON.parse(payload.text) as unknown[]) : []
    }) // tagged JSON of values that have no tag is plain JSON
    expect(arrived).toEqual(records)
    expect(told.warnings.length).toBe(/nonsense|\[\[|{} {}/.test(texts.join()) ? 1 : 0)
  })

  test('makes one block per block interval, and one partition per block', async () => {
    const { made, connect } = connections()
    const { start, pass, told, orders } = makeBench(documentWith({}, { 'spark.streaming.blockInterval': '100ms' }), {
      connect,
      clock: 'real',
    })
    await start()
    made[0]?.events.onOpen()
    for (let tenth = 0; tenth < 5; tenth++) {
      made[0]?.events.onText('line')
      await pass(100)
    }
    await pass(600)
    expect(told.completed[0]?.info.numRecords).toBe(5)
    expect(orders[0]?.rdds[0]?.body).toEqual({ kind: 'blocks', partitions: 5 })
  })

  test('keeps typed line breaks as lines', async () => {
    const { start, pass, context, told } = makeBench(documentOf({ a: ['manualStream'], out: ['print', {}, 'a'] }))
    await start()
    await context.type('a', ['one\ntwo', 'three'])
    await pass(1000)
    expect(told.completed[0]?.info.numRecords).toBe(3)
  })
})
