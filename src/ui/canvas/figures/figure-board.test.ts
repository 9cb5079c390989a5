import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createRunStore } from '#ui/state/run-store.ts'
import { createSessionStore } from '#ui/state/session-store.ts'
import { FigureBoard } from './figure-board.ts'
import { FigureSheet } from './figure-sheet.ts'

beforeEach(() => {
  vi.useFakeTimers()
  // Node draws nothing.
  vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => setTimeout(() => draw(performance.now()), 16))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const batchOf = (timeMs: number, records: number) => ({
  timeMs,
  nodes: { a: { partitions: [records], records, sample: [] } },
  outputs: [],
  failures: [],
})

function open() {
  const run = createRunStore()
  const session = createSessionStore()
  const sheet = new FigureSheet()
  const board = new FigureBoard(run, session, sheet)
  const drawn: string[] = []
  const settled: (number | null | undefined)[] = []
  const stop = board.start()
  const unwatch = board.watch('a', {
    draw: ({ text }) => drawn.push(text),
    settle: ({ count }) => settled.push(count),
  })
  return { run, session, sheet, drawn, settled, stop, unwatch }
}

test('draws at most ten times a second, and the newest', () => {
  const { run, drawn } = open()
  expect(drawn).toEqual([''])
  for (let ms = 10; ms <= 1000; ms += 10) {
    run.setState({ newest: batchOf(ms, ms) })
    vi.advanceTimersByTime(10)
  }
  vi.advanceTimersByTime(200)
  expect(drawn.length).toBeLessThanOrEqual(12)
  expect(drawn.at(-1)).toBe('1,000')
})

test('follows once a second what nobody can read', () => {
  const { run, sheet, drawn } = open()
  sheet.isLegible = false
  for (let ms = 10; ms <= 3000; ms += 10) {
    run.setState({ newest: batchOf(ms, ms) })
    vi.advanceTimersByTime(10)
  }
  expect(drawn.length).toBeLessThanOrEqual(5)
})

test('draws nothing anew that has not changed, and settles more slowly', () => {
  const { run, drawn, settled } = open()
  run.setState({ newest: batchOf(1000, 5) })
  vi.advanceTimersByTime(200)
  run.setState({ newest: batchOf(2000, 5) })
  vi.advanceTimersByTime(200)
  expect(drawn).toEqual(['', '5'])
  expect(settled).toEqual([undefined, 5])
  run.setState({ newest: batchOf(3000, 6) })
  vi.advanceTimersByTime(200)
  expect(settled).toEqual([undefined, 5])
  vi.advanceTimersByTime(1000)
  expect(drawn).toEqual(['', '5', '6'])
  expect(settled).toEqual([undefined, 5, 6])
})

test('follows a past batch that is shown, and nobody after its end', () => {
  const { run, session, drawn, settled, stop } = open()
  run.setState({ newest: batchOf(2000, 5), data: new Map([[1000, batchOf(1000, 3)]]) })
  session.getState().showBatch(1000)
  vi.advanceTimersByTime(50)
  expect(drawn.at(-1)).toBe('3')
  expect(settled.at(-1)).toBe(3)
  stop()
  session.getState().showBatch('live')
  vi.advanceTimersByTime(2000)
  expect(drawn.at(-1)).toBe('3')
})
