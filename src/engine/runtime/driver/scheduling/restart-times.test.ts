import { describe, expect, it } from 'vitest'
import { restartTimes } from './restart-times.ts'

const stored = { pending: [2000], checkpointMs: 3000, zeroMs: 0, gaps: undefined, settledMs: undefined }

describe('the batches of a restart', () => {
  it('are those that had begun, the newest one, and those of the down time', () => {
    expect(restartTimes(stored, 6000, 1000)).toEqual({ again: [2000, 3000], missed: [4000, 5000], beyond: undefined })
  })

  it('leave gaps out', () => {
    const gaps: [number, number][] = [
      [1000, 1000],
      [4000, 5000],
    ]
    expect(restartTimes({ ...stored, gaps }, 8000, 1000).missed).toEqual([6000, 7000])
  })

  it('are counted and not listed when there are more of them than anybody can wait for', () => {
    const days = 365 * 24 * 3_600_000
    const { again, missed, beyond } = restartTimes(stored, days, 10)
    expect([again, missed]).toEqual([[2000, 3000], []])
    expect(beyond).toEqual({ fromMs: 3010, toMs: days - 10, count: (days - 3010) / 10 })
  })
})
