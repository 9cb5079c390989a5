import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RunPhase } from '#ui/state/run-phase.ts'
import { nextPhase, type RunHappening } from './run-machine.ts'

const play = (...happenings: readonly RunHappening[]): RunPhase => happenings.reduce(nextPhase, 'idle')

const started: readonly RunHappening[] = [{ kind: 'startAsked' }, { kind: 'started', paused: false }]

describe('nextPhase', () => {
  it('goes through a whole run', () => {
    expect(play({ kind: 'startAsked' })).toBe('starting')
    expect(play(...started)).toBe('running')
    expect(play(...started, { kind: 'clockHeard', paused: true })).toBe('paused')
    expect(play(...started, { kind: 'stopAsked' })).toBe('stopping')
    expect(play(...started, { kind: 'stopAsked' }, { kind: 'stopped' })).toBe('stopped')
  })

  it('starts paused when the clock was asked to stand', () => {
    expect(play({ kind: 'startAsked' }, { kind: 'started', paused: true })).toBe('paused')
  })

  it('keeps a start that was refused stopped', () => {
    expect(play({ kind: 'startAsked' }, { kind: 'startRefused' })).toBe('stopped')
  })

  it('comes back after executors were lost, and after the driver died', () => {
    expect(play(...started, { kind: 'executorsLost' })).toBe('recovering')
    expect(play(...started, { kind: 'executorsLost' }, { kind: 'executorsAttached', paused: false })).toBe('running')
    expect(play(...started, { kind: 'driverDied' }, { kind: 'started', paused: true })).toBe('paused')
  })

  it('ignores a frame that crossed a stop', () => {
    expect(play(...started, { kind: 'stopAsked' }, { kind: 'clockHeard', paused: false })).toBe('stopping')
    expect(play(...started, { kind: 'stopped' }, { kind: 'clockHeard', paused: false })).toBe('stopped')
  })

  it('takes a driver that dies while it stops for stopped', () => {
    expect(play(...started, { kind: 'stopAsked' }, { kind: 'driverDied' })).toBe('stopped')
  })

  it('always lets a person stop and leave, whatever happened before', () => {
    const happening: fc.Arbitrary<RunHappening> = fc.oneof(
      fc.constantFrom<RunHappening>(
        { kind: 'startAsked' },
        { kind: 'startRefused' },
        { kind: 'stopAsked' },
        { kind: 'stopped' },
        { kind: 'executorsLost' },
        { kind: 'driverDied' },
        { kind: 'left' },
      ),
      fc.boolean().map((paused): RunHappening => ({ kind: 'started', paused })),
      fc.boolean().map((paused): RunHappening => ({ kind: 'clockHeard', paused })),
    )
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 30 }), (before) => {
        const phase = play(...before)
        expect(['stopped', 'idle']).toContain(nextPhase(nextPhase(phase, { kind: 'stopAsked' }), { kind: 'stopped' }))
        expect(nextPhase(phase, { kind: 'left' })).toBe('idle')
      }),
    )
  })
})
