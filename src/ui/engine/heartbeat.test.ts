import { describe, expect, it } from 'vitest'
import { beat, freshPulse, isDead } from './heartbeat.ts'

const listen = (beats: readonly { atMs: number; heard: boolean }[]) =>
  beats.reduce((pulse, each) => beat(pulse, each.atMs, each.heard), freshPulse(0))

describe('heartbeat', () => {
  it('calls a driver dead after three seconds of silence', () => {
    const silent = [1000, 2000, 3000].map((atMs) => ({ atMs, heard: false }))
    expect(isDead(listen(silent.slice(0, 2)))).toBe(false)
    expect(isDead(listen(silent))).toBe(true)
  })

  it('forgets the silence when the driver speaks', () => {
    const pulse = listen([
      { atMs: 1000, heard: false },
      { atMs: 2000, heard: false },
      { atMs: 3000, heard: true },
      { atMs: 4000, heard: false },
    ])
    expect(isDead(pulse)).toBe(false)
  })

  it('does not blame the driver for the sleep of the page', () => {
    const pulse = listen([
      { atMs: 1000, heard: false },
      { atMs: 2000, heard: false },
      { atMs: 3_600_000, heard: false },
    ])
    expect(isDead(pulse)).toBe(false)
    expect(pulse.silentMs).toBe(0)
  })

  it('does not count a clock that was set back', () => {
    expect(
      listen([
        { atMs: 1000, heard: false },
        { atMs: -5000, heard: false },
      ]).silentMs,
    ).toBe(0)
  })
})
