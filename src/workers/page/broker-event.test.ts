import { describe, expect, test } from 'vitest'
import { parseBrokerEvent } from './broker-event.ts'
import { parseProbeReport } from './probe-report.ts'

describe('parseBrokerEvent', () => {
  test('keeps what it knows and nothing beside', () => {
    expect(parseBrokerEvent({ kind: 'ready', more: 1 })).toEqual({ kind: 'ready' })
    expect(parseBrokerEvent({ kind: 'pong', seq: 3 })).toEqual({ kind: 'pong', seq: 3 })
    expect(parseBrokerEvent({ kind: 'spawned', id: 0 })).toEqual({ kind: 'spawned', id: 0 })
    expect(parseBrokerEvent({ kind: 'failed', id: 1, text: 'x'.repeat(1_000) })).toEqual({
      kind: 'failed',
      id: 1,
      text: 'x'.repeat(300),
    })
  })

  test.each([
    undefined,
    null,
    'ready',
    [],
    {},
    { kind: 'other' },
    { kind: 'pong', seq: '1' },
    { kind: 'spawned' },
    { kind: 'spawned', id: 0.5 },
    { kind: 'failed', id: 1, text: { length: 1 } },
    { kind: 'failed', id: Number.NaN, text: '' },
  ])('takes no %j', (data) => {
    expect(parseBrokerEvent(data)).toBeUndefined()
  })
})

describe('parseProbeReport', () => {
  const report = { kind: 'probe', origin: 'null', open: ['fetch'], unexpected: ['globalThis.x'] }

  test('keeps a whole report', () => {
    expect(parseProbeReport({ ...report, more: 1 })).toEqual(report)
  })

  test.each([
    undefined,
    'probe',
    {},
    { ...report, kind: 'ready' },
    { ...report, origin: null },
    { ...report, open: ['all'] },
    { ...report, unexpected: [1] },
  ])('takes no %j', (data) => {
    expect(parseProbeReport(data)).toBeUndefined()
  })
})
