import { describe, expect, it } from 'vitest'
import { type RunCommand, type Situation, whyNot } from './run-commands.ts'

const ready: Situation = {
  phase: 'idle',
  clock: 'virtual',
  runnable: true,
  consent: 'given',
  refused: false,
  followed: false,
}
const possible = (situation: Situation): readonly RunCommand[] =>
  (['run', 'pause', 'resume', 'step', 'stop', 'setClock'] as const).filter(
    (command) => whyNot(command, situation) === undefined,
  )

describe('whyNot', () => {
  it('offers nothing where another tab owns the run', () => {
    for (const phase of ['idle', 'running', 'paused', 'stopped'] as const)
      expect(possible({ ...ready, phase, followed: true })).toEqual([])
  })

  it('offers what makes sense in each phase', () => {
    expect(possible(ready)).toEqual(['run', 'step', 'setClock'])
    expect(possible({ ...ready, phase: 'starting' })).toEqual(['stop'])
    expect(possible({ ...ready, phase: 'running' })).toEqual(['pause', 'step', 'stop'])
    expect(possible({ ...ready, phase: 'paused' })).toEqual(['resume', 'step', 'stop'])
    expect(possible({ ...ready, phase: 'recovering' })).toEqual(['stop'])
    expect(possible({ ...ready, phase: 'stopping' })).toEqual(['stop'])
    expect(possible({ ...ready, phase: 'stopped' })).toEqual(['run', 'step', 'setClock'])
  })

  it('has no pause and no step on the real clock', () => {
    expect(possible({ ...ready, clock: 'real', phase: 'running' })).toEqual(['stop'])
    expect(whyNot('step', { ...ready, clock: 'real' })).toBe('run.why.stepRealClock')
  })

  it('names the first reason that a person can do something about', () => {
    expect(whyNot('run', { ...ready, runnable: false })).toBe('run.why.problems')
    expect(whyNot('run', { ...ready, runnable: false, consent: 'asking' })).toBe('run.why.consent')
    expect(whyNot('run', { ...ready, consent: 'declined' })).toBe('run.why.consent')
    expect(whyNot('run', { ...ready, refused: true, consent: 'declined' })).toBe('run.why.refused')
  })

  it('can restart what runs, but not into a document with problems', () => {
    expect(whyNot('restart', { ...ready, phase: 'running' })).toBeUndefined()
    expect(whyNot('restart', { ...ready, phase: 'running', runnable: false })).toBe('run.why.problems')
  })
})
