import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DEAD_AFTER_MS, PING_EVERY_MS, watchPulse } from './pulse.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function watch() {
  const pings: number[] = []
  const onLost = vi.fn()
  const pulse = watchPulse({ ping: (seq) => pings.push(seq), onLost })
  pulse.start()
  return { pings, onLost, pulse }
}

describe('watchPulse', () => {
  test('asks again a while after each answer', () => {
    const { pings, onLost, pulse } = watch()
    for (const seq of [1, 2, 3]) {
      pulse.answer(seq)
      vi.advanceTimersByTime(PING_EVERY_MS)
    }
    expect(pings).toEqual([1, 2, 3, 4])
    expect(onLost).not.toHaveBeenCalled()
  })

  test('is lost once when an answer is overdue', () => {
    const { pings, onLost } = watch()
    vi.advanceTimersByTime(DEAD_AFTER_MS - 1)
    expect(onLost).not.toHaveBeenCalled()
    vi.advanceTimersByTime(10 * DEAD_AFTER_MS)
    expect(onLost).toHaveBeenCalledTimes(1)
    expect(pings).toEqual([1])
  })

  test('takes neither an old answer nor one to a question not asked', () => {
    const { onLost, pulse } = watch()
    pulse.answer(1)
    vi.advanceTimersByTime(PING_EVERY_MS)
    pulse.answer(1)
    pulse.answer(3)
    vi.advanceTimersByTime(DEAD_AFTER_MS)
    expect(onLost).toHaveBeenCalledTimes(1)
  })

  test('waits once more when the page itself stood still: the answer is in its own mail', () => {
    const { onLost, pulse } = watch()
    // The timer fires, but the clock says that it fires very late.
    const now = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 60_000)
    vi.advanceTimersByTime(DEAD_AFTER_MS)
    now.mockRestore()
    expect(onLost).not.toHaveBeenCalled()
    pulse.answer(1)
    vi.advanceTimersByTime(PING_EVERY_MS)
    expect(onLost).not.toHaveBeenCalled()
    vi.advanceTimersByTime(DEAD_AFTER_MS)
    expect(onLost).toHaveBeenCalledTimes(1)
  })

  test('is silent after stop', () => {
    const { pings, onLost, pulse } = watch()
    pulse.stop()
    pulse.answer(1)
    vi.advanceTimersByTime(10_000)
    expect(pings).toEqual([1])
    expect(onLost).not.toHaveBeenCalled()
  })
})
