import { expect, test } from 'vitest'
import { MOST_BUFFERED_BYTES, PacedSender } from './paced-sender.ts'

function setUp(changes: { recordsPerSecond?: number; perMessage?: number; lines?: number } = {}) {
  const clock = { ms: 0 }
  const outlet = {
    bufferedAmount: 0,
    messages: [] as string[],
    send(message: string) {
      this.messages.push(message)
    },
  }
  const sender = new PacedSender({
    outlet,
    lineAt: (index) => (index < (changes.lines ?? Number.POSITIVE_INFINITY) ? `line ${index}` : undefined),
    recordsPerSecond: changes.recordsPerSecond ?? 10,
    perMessage: changes.perMessage ?? 1,
    now: () => clock.ms,
  })
  return { clock, outlet, sender }
}

test('pace follows the clock, however late the calls', () => {
  const { clock, outlet, sender } = setUp()
  expect(sender.sendDue()).toBe(100)
  for (const ms of [130, 150, 390, 1000, 7777, 10_000]) {
    clock.ms = ms
    sender.sendDue()
    expect(outlet.messages).toHaveLength(Math.floor(ms / 100))
  }
  expect(outlet.messages.slice(0, 2)).toEqual(['line 0', 'line 1'])
})

test('the next call is when the next message falls due', () => {
  const { clock, sender } = setUp({ recordsPerSecond: 10, perMessage: 5 })
  clock.ms = 620
  expect(sender.sendDue()).toBe(380)
  expect(sender.count).toBe(5)
})

test('lines are joined, the last message may be shorter', () => {
  const { clock, outlet, sender } = setUp({ perMessage: 2, lines: 3 })
  clock.ms = 1000
  expect(sender.sendDue()).toBeUndefined()
  expect(outlet.messages).toEqual(['line 0\nline 1', 'line 2'])
})

test('a slow receiver makes it pause, and is not flooded afterwards', () => {
  const { clock, outlet, sender } = setUp()
  clock.ms = 500
  sender.sendDue()
  outlet.bufferedAmount = MOST_BUFFERED_BYTES + 1
  for (clock.ms = 600; clock.ms <= 60_600; clock.ms += 20) expect(sender.sendDue()).toBe(20)
  expect(outlet.messages).toHaveLength(5)
  outlet.bufferedAmount = 0
  sender.sendDue()
  expect(outlet.messages).toHaveLength(6)
  clock.ms += 200
  sender.sendDue()
  expect(outlet.messages).toHaveLength(8)
})
