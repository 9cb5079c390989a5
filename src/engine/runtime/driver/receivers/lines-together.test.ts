import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RateLimiter } from '#engine/runtime/driver/rate/rate-limiter.ts'
import { FakeTimers } from '#engine/runtime/testing/fake-timers.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'
import { charsOfBlock, wholeOf } from './block-text.ts'
import { joinLines, type LineChunk, linesOfMessage } from './line-chunk.ts'
import { LineQueue } from './line-queue.ts'
import type { ConnectionEvents } from './receiver-connection.ts'
import { ReceiverSupervisor } from './receiver-supervisor.ts'

const INTERVAL_MS = 200

const message = fc
  .array(fc.constantFrom('a', 'bc', 'long enough to be a view', 'ü', '\n', '\n', '\r\n', '\r', ' '))
  .map((parts) => parts.join(''))

type Event = { readonly message: string } | { readonly passMs: number } | { readonly again: number }
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ message }) },
  { weight: 2, arbitrary: fc.record({ passMs: fc.constantFrom(50, 200, 1000) }) },
  { weight: 1, arbitrary: fc.record({ again: fc.integer({ min: 0, max: 120 }) }) },
)

interface Run {
  readonly blocks: (readonly string[])[]
  readonly again: number[]
  readonly records: number
  readonly held: number
}

/** Line by line: a string and a place in a list for each. */
async function byLine(events: readonly Event[], maxRate: number): Promise<Run> {
  const timers = new FakeTimers(0)
  const limiter = new RateLimiter({ maxRate, intervalMs: INTERVAL_MS })
  const run = { blocks: [] as string[][], again: [] as number[], records: 0, held: 0 }
  const waiting: string[] = []
  let recent: string[] = []
  const push = (count: number): void => {
    const lines = waiting.splice(0, count)
    run.held = waiting.length
    if (lines.length > 0) run.blocks.push(lines)
  }
  const store = (lines: readonly string[]): void => {
    if (lines.length > 0) limiter.begin(timers.now())
    waiting.push(...lines)
    run.records += lines.length
  }
  const tick = (): void => {
    push(limiter.take(waiting.length, timers.now()))
    timers.after(INTERVAL_MS, tick)
  }
  timers.after(INTERVAL_MS, tick)
  for (const each of events) {
    if ('message' in each) {
      const lines = each.message.split(/\r?\n/)
      if (lines.at(-1) === '') lines.pop()
      store(lines)
      recent = [...recent, ...lines].slice(-100)
    } else if ('passMs' in each) await timers.pass(each.passMs)
    else {
      const lines = recent.slice(Math.max(0, recent.length - each.again))
      run.again.push(lines.length)
      store(lines)
    }
  }
  push(waiting.length)
  return run
}

async function byMessage(events: readonly Event[], maxRate: number): Promise<Run> {
  const timers = new FakeTimers(0)
  const blocks: string[][] = []
  const again: number[] = []
  const connected: ConnectionEvents[] = []
  const supervisor = new ReceiverSupervisor({
    node: 'lines',
    streamId: 0,
    feed: { kind: 'webSocket', url: 'ws://127.0.0.1:1', protocols: [], split: 'lines', json: false, maxRate: 0 },
    timers,
    connect: (_feed, given) => {
      connected.push(given)
      return { close: () => {} }
    },
    blockIntervalMs: INTERVAL_MS,
    blockQueueSize: 10,
    maxRate,
    initialRate: Number.POSITIVE_INFINITY,
    heldOverMs: undefined,
    maxBuffered: Number.POSITIVE_INFINITY,
    restartDelayMs: 2000,
    onBlock: (payload, records) => {
      const whole = wholeOf(payload)
      const lines = whole.text.split('\n')
      expect(whole).toMatchObject({ kind: 'lines', count: lines.length })
      expect(records).toBe(lines.length)
      blocks.push(lines)
      return Promise.resolve()
    },
    onReceived: () => {},
    onChange: () => {},
    onWarning: (warning) => expect.unreachable(warning),
  })
  supervisor.start()
  connected[0]?.onOpen()
  for (const each of events) {
    if ('message' in each) connected[0]?.onText(each.message)
    else if ('passMs' in each) await timers.pass(each.passMs)
    else again.push(supervisor.redeliver(each.again))
  }
  const { records } = supervisor.state
  await supervisor.stop()
  return { blocks, again, records, held: supervisor.state.waitingRecords }
}

test('any text in any messages under any rate makes the blocks that lines one by one make', async () => {
  const rates = fc.constantFrom(Number.POSITIVE_INFINITY, 1, 5, 7.5, 20, 1000)
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 30 }), rates, async (events, rate) => {
      expect(await byMessage(events, rate)).toEqual(await byLine(events, rate))
    }),
    { numRuns: 300 },
  )
})

test('a queue takes in, leaves out and gives as a list of lines does', () => {
  const step = fc.record({ message, most: fc.integer({ min: 0, max: 12 }), take: fc.integer({ min: 0, max: 8 }) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const queue = new LineQueue()
      const list: string[] = []
      for (const { message: text, most, take } of steps) {
        const lines = recordsOf(linesOfMessage(text))
        const fit = lines.slice(0, Math.max(0, most - list.length))
        list.push(...fit)
        expect(queue.add(linesOfMessage(text), most)).toBe(lines.length - fit.length)
        expect(recordsOf(linesIn(queue.take(take)))).toEqual(list.splice(0, take))
        expect(queue.count).toBe(list.length)
      }
    }),
  )
})

test('a part of a message is a text of its own, and joined lines stay apart', () => {
  const queue = new LineQueue()
  queue.add(linesOfMessage('one\r\n\r\nthree\r\n'), 10)
  queue.add(linesOfMessage('\n'), 10)
  expect(queue.take(2)).toEqual({ kind: 'lines', text: 'one\n', count: 2 })
  expect(queue.take(9)).toEqual({ kind: 'lines', text: 'three\n', count: 2 })
  expect(queue.take(9)).toEqual({ kind: 'lines', ...joinLines([]) })
})

function recordsOf({ text, count }: LineChunk): string[] {
  return count === 0 ? [] : text.split('\n')
}

test('large messages stay the texts that they are, with their first and last parts', () => {
  const messages = ['a', 'b', 'c'].map((letter) => `${`${letter.repeat(999)}\n`.repeat(10)}`)
  const lines = messages.join('').trimEnd().split('\n')
  const queue = new LineQueue()
  for (const each of messages) queue.add(linesOfMessage(each), 30)
  expect(linesIn(queue.take(4)).text.split('\n')).toEqual(lines.slice(0, 4))
  const block = queue.take(20)
  expect(block.kind === 'messages' && block.texts.length).toBe(3)
  expect(linesIn(block)).toEqual({ kind: 'lines', text: lines.slice(4, 24).join('\n'), count: 20 })
  expect(charsOfBlock(block)).toBe(linesIn(block).text.length)
  expect(linesIn(queue.take(20))).toEqual({ kind: 'lines', text: lines.slice(24).join('\n'), count: 6 })
  expect(queue.chars).toBe(0)
})

function linesIn(payload: BlockPayload): LineChunk {
  const whole = wholeOf(payload)
  return whole.kind === 'lines' ? whole : expect.unreachable('a queue of lines holds lines')
}
