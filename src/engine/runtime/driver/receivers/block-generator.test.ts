import { describe, expect, test } from 'vitest'
import { RateLimiter } from '#engine/runtime/driver/rate/rate-limiter.ts'
import { FakeTimers } from '#engine/runtime/testing/fake-timers.ts'
import type { BlockPayload } from '#engine/runtime/wire.ts'
import { BlockGenerator } from './block-generator.ts'
import { wholeOf } from './block-text.ts'
import { linesOf } from './line-chunk.ts'

function started(options: { readonly maxRate?: number; readonly intervalMs?: number; readonly queueSize?: number }) {
  const { maxRate = Number.POSITIVE_INFINITY, intervalMs = 10, queueSize = 10 } = options
  const timers = new FakeTimers(1000)
  const pushed: unknown[][] = []
  const stored: (() => void)[] = []
  const limiter = new RateLimiter({ maxRate, intervalMs })
  const blocks = new BlockGenerator(timers, { intervalMs, queueSize, limiter }, (payload, records) => {
    const block = recordsOf(payload)
    expect(block.length).toBe(records)
    pushed.push(block)
    return new Promise((resolve) => stored.push(resolve))
  })
  blocks.start()
  return { timers, blocks, pushed, stored }
}

function recordsOf(payload: BlockPayload): unknown[] {
  const { kind, text } = wholeOf(payload)
  return kind === 'lines' ? text.split('\n') : (JSON.parse(text) as unknown[]) // an array, by contract
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('blocks', () => {
  test('hold what came in their interval; an interval without data makes none', async () => {
    const { timers, blocks, pushed } = started({})
    blocks.storeValues(range(1, 10))
    await timers.pass(9)
    expect(pushed).toEqual([])
    await timers.pass(1)
    expect(pushed).toEqual([range(1, 10)])
    await timers.pass(10)
    expect(pushed.length).toBe(1)
    blocks.storeValues(range(11, 20))
    await timers.pass(10)
    blocks.storeValues(range(21, 30))
    await timers.pass(10)
    expect(pushed).toEqual([range(1, 10), range(11, 20), range(21, 30)])
  })

  test('take all that is left when the receiver stops, and none comes after', async () => {
    const { timers, blocks, pushed } = started({ maxRate: 100 })
    blocks.storeValues(range(1, 1000))
    await timers.pass(20)
    blocks.stop()
    expect(pushed.flat()).toEqual(range(1, 1000))
    const before = pushed.length
    await timers.pass(100)
    expect(pushed.length).toBe(before)
  })

  test('wait while too many of them are being stored; what comes makes the next one larger', async () => {
    const { timers, blocks, pushed, stored } = started({ queueSize: 2 })
    for (let i = 1; i <= 5; i++) {
      blocks.storeValues([i])
      await timers.pass(10)
    }
    expect(pushed).toEqual([[1], [2], [3]])
    stored[0]?.()
    await timers.pass(0)
    expect(pushed).toEqual([[1], [2], [3], [4, 5]])
  })
})

describe('a rate limit', () => {
  test('lets records into later blocks, in order', async () => {
    const { timers, blocks, pushed } = started({ maxRate: 20, intervalMs: 200 })
    blocks.storeLines(linesOf(range(1, 10).map(String)))
    await timers.pass(200)
    expect(blocks.held).toBe(6)
    await timers.pass(400)
    expect(pushed).toEqual([
      ['1', '2', '3', '4'],
      ['5', '6', '7', '8'],
      ['9', '10'],
    ])
    expect(blocks.held).toBe(0)
  })

  test('holds for a block that is cut at once too', async () => {
    const { timers, blocks, pushed } = started({ maxRate: 100, intervalMs: 200 })
    blocks.storeValues(range(1, 50))
    await timers.pass(50)
    blocks.cut()
    await timers.pass(150)
    expect(pushed.map((block) => block.length)).toEqual([5, 15])
  })
})
