import { describe, expect, test } from 'vitest'
import { FakeTimers, settle } from '#engine/runtime/testing/fake-timers.ts'
import { MOST_BUFFERED_BYTES, Sink } from './sink.ts'
import type { SinkEvents } from './sink-connection.ts'

const TIMEOUT_MS = 5000

/** A sink and the server that a test plays: connections wait until it opens or refuses them. */
function open() {
  const timers = new FakeTimers()
  const connections: (SinkEvents & { sent: string[]; bufferedBytes: number; closed: boolean })[] = []
  const states: string[] = []
  const sink = new Sink({
    node: 'out',
    address: 'ws://x',
    timers,
    connect: (_url, events) => {
      const connection = { ...events, sent: [] as string[], bufferedBytes: 0, closed: false }
      connections.push(connection)
      return {
        send: (text) => connection.sent.push(text),
        get bufferedBytes() {
          return connection.bufferedBytes
        },
        close: () => {
          connection.closed = true
        },
      }
    },
    onChange: () => {
      if (states.at(-1) !== sink.state.state) states.push(sink.state.state)
    },
  })
  sink.start()
  const newest = () => connections.at(-1) ?? expect.fail('nobody connected')
  /** What became of a batch; undefined while it is being sent. */
  const send = (...messages: string[]) => {
    const outcome: { done?: string } = {}
    const again = () => messages.map((message) => `${message} again`)
    void sink.send(messages, again, TIMEOUT_MS).then((sent) => {
      outcome.done = sent.ok ? 'sent' : sent.error
    })
    return outcome
  }
  return { sink, timers, connections, states, newest, send }
}

describe('a sink', () => {
  test('sends in order when it is open, and counts', async () => {
    const { sink, newest, send } = open()
    newest().onOpen()
    const batch = send('a', 'b')
    await settle()
    expect(batch.done).toBe('sent')
    expect(newest().sent).toEqual(['a', 'b'])
    expect(sink.state).toMatchObject({ state: 'open', messages: 2, waiting: 0 })
  })

  test('waits for its connection, and says that it was refused when the time is over', async () => {
    const { timers, newest, send, states } = open()
    const batch = send('a')
    await timers.pass(1000)
    newest().onClose('Nobody listens.')
    await timers.pass(TIMEOUT_MS - 1001)
    expect(batch.done).toBeUndefined()
    await timers.pass(1)
    expect(batch.done).toBe('Nobody listens.')
    expect(states.slice(0, 3)).toEqual(['connecting', 'refused', 'connecting'])
  })

  test('connects again after a delay that grows up to four seconds, and sends what comes then', async () => {
    const { timers, connections, newest, send, sink } = open()
    const delays: number[] = []
    for (let attempt = 0; attempt < 5; attempt++) {
      const began = timers.now()
      newest().onClose('Nobody listens.')
      expect(sink.state).toMatchObject({ state: 'refused', lastError: 'Nobody listens.' })
      delays.push((sink.state.retryAtMs ?? Number.NaN) - began)
      const count = connections.length
      await timers.pass(delays.at(-1) ?? 0)
      expect(connections).toHaveLength(count + 1)
    }
    expect(delays).toEqual([500, 1000, 2000, 4000, 4000])
    newest().onOpen()
    const batch = send('a')
    await settle()
    expect(batch.done).toBe('sent')
  })

  test('sends a whole batch again when the connection breaks before all has left', async () => {
    const { timers, connections, newest, send, states } = open()
    newest().onOpen()
    newest().bufferedBytes = 10
    const batch = send('a', 'b')
    await timers.pass(100)
    expect(batch.done).toBeUndefined()
    newest().onClose('Gone.')
    await timers.pass(500)
    newest().onOpen()
    await settle()
    expect(batch.done).toBe('sent')
    expect(connections.map(({ sent }) => sent)).toEqual([
      ['a', 'b'],
      ['a again', 'b again'],
    ])
    expect(states).toEqual(['connecting', 'open', 'lost', 'connecting', 'open'])
  })

  test('holds messages back while the connection has taken too much, and fails when that lasts', async () => {
    const { timers, newest, send, sink } = open()
    newest().onOpen()
    newest().bufferedBytes = MOST_BUFFERED_BYTES
    const batch = send('a', 'b', 'c')
    await timers.pass(1000)
    expect(newest().sent).toEqual([])
    expect(sink.state.waiting).toBe(3)
    newest().bufferedBytes = 10
    await timers.pass(100)
    expect(newest().sent).toEqual(['a', 'b', 'c'])
    await timers.pass(TIMEOUT_MS)
    expect(batch.done).toMatch(/^The server does not take messages fast enough: the last messages have not left yet\./)

    newest().bufferedBytes = MOST_BUFFERED_BYTES
    const next = send('d')
    await timers.pass(TIMEOUT_MS)
    expect(next.done).toContain('1 of 1 messages still wait')
    newest().bufferedBytes = 0
    const later = send('e')
    await settle()
    expect(later.done).toBe('sent')
  })

  test('ends with the run: what is being sent fails, nothing connects any more', async () => {
    const { timers, connections, newest, send, sink } = open()
    const batch = send('a')
    await settle()
    sink.stop()
    await settle()
    expect(batch.done).toBe('The run was stopped.')
    expect(newest().closed).toBe(true)
    newest().onOpen()
    newest().onClose('late')
    await timers.pass(60_000)
    expect(connections).toHaveLength(1)
    expect(sink.state.state).toBe('stopped')
    expect(timers.waiting).toBe(0)
  })
})
