import { describe, expect, it } from 'vitest'
import type { Incident } from '#engine/model/incident.ts'
import { MAX_INCIDENTS, parseIncidents, printIncidents } from './incident-entry.ts'

const rework = { timeMs: 3000, streams: [], blocks: 2, blockBatches: 1, whole: true }
const recovery = {
  checkpointMs: 3000,
  stateMs: 2000,
  keys: { counts: 7 },
  rerunMs: [3000],
  rerunCount: 1,
  missedCount: 0,
  blocks: 0,
}
const incidents: readonly Incident[] = [
  {
    id: 'a-1',
    kind: 'executors',
    executors: 2,
    executor: 1,
    reason: 'killed',
    attempts: 1,
    rework,
    timeMs: 3000,
    onDemand: true,
    settled: true,
  },
  { id: 'a-2', kind: 'driver', how: 'closed', recovery, rework, onDemand: false, settled: false },
  { id: 'a-3', kind: 'connection', node: 'lines', records: 5, downMs: 12.5, onDemand: true, settled: true },
  { id: 'a-4', kind: 'duplicates', node: 'lines', records: 5, batches: [[3000, 5]], onDemand: true, settled: true },
  { id: 'a-5', kind: 'quota', failedWrites: 3, storedMs: 2000, onDemand: true, settled: true },
  {
    id: 'a-6',
    kind: 'slow',
    node: 'map',
    partition: 0,
    delayMs: 100,
    batches: 2,
    waiting: 1,
    onDemand: true,
    settled: true,
  },
]
const lost = [{ timeMs: 4000, node: 'lines', records: 5, blocks: 1 }]

describe('incidents in a checkpoint', () => {
  it('come back as they were, settled', () => {
    const settled = incidents.map((each) => ({ ...each, settled: true }))
    expect(parseIncidents(printIncidents({ incidents, lost }))).toEqual({
      ok: true,
      value: { incidents: settled, lost },
    })
  })

  it('are the newest, and short, so that the entry stays small', () => {
    const many = Array.from({ length: 250 }, (_, n): Incident => {
      return {
        id: String(n),
        kind: 'executors',
        executors: 1,
        reason: 'x'.repeat(10_000),
        attempts: 0,
        onDemand: false,
        settled: true,
      }
    })
    const parsed = parseIncidents(printIncidents({ incidents: many, lost: [] }))
    expect(parsed.ok && parsed.value.incidents.map(({ id }) => id)).toEqual(
      many.slice(-MAX_INCIDENTS).map(({ id }) => id),
    )
  })

  it.each([
    ['another version', '{"version":2,"incidents":[],"lost":[]}'],
    ['an unknown kind', JSON.stringify({ version: 1, incidents: [{ ...incidents[0], kind: 'flood' }], lost: [] })],
    ['no JSON', '{'],
    [
      'a text without end',
      JSON.stringify({ version: 1, incidents: [{ ...incidents[0], reason: 'x'.repeat(5000) }], lost: [] }),
    ],
    ['too many', JSON.stringify({ version: 1, incidents: Array(101).fill(incidents[0]), lost: [] })],
  ])('are refused when they are %s', (_what, text) => {
    expect(parseIncidents(text).ok).toBe(false)
  })
})
