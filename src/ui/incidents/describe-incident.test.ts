import { expect, test } from 'vitest'
import type { Incident } from '#engine/model/incident.ts'
import { loadLateWords } from '#ui/words/late-words.ts'
import { describeIncident, type IncidentSurroundings } from './describe-incident.ts'

loadLateWords()

const around: IncidentSurroundings = { print: (timeMs) => String(timeMs / 1000), batchMs: 1000, lost: [] }
const base = { id: '1', onDemand: true, settled: true, timeMs: 12_000 }
const rework = { timeMs: 12_000, streams: [], blocks: 0, blockBatches: 0, whole: true }

const cases: readonly (readonly [string, Incident, string])[] = [
  [
    'an executor',
    {
      ...base,
      kind: 'executors',
      executor: 1,
      executors: 2,
      reason: 'Executor 1 was killed.',
      attempts: 2,
      rework: {
        ...rework,
        streams: [
          {
            node: 'counts',
            partitions: 2,
            computed: 2,
            fromMs: 10_000,
            batches: { firstMs: 11_000, lastMs: 11_000, count: 1 },
          },
        ],
      },
    },
    'Executor 1 was killed in batch 12, and the other one was started again with it. 2 partitions of “counts” recomputed from the checkpoint of batch 10 through batch 11. That batch was begun 2 times; its results count once. Nothing was lost.',
  ],
  [
    'executors whose cost nobody knows yet',
    { ...base, kind: 'executors', executors: 2, reason: 'They hang.', attempts: 1, settled: false },
    'The executors were lost in batch 12: They hang. What it cost is known after the next batch.',
  ],
  [
    'a driver whose metadata was damaged',
    {
      ...base,
      kind: 'driver',
      how: 'killed',
      corrupted: 'metadata',
      seenMs: 12_000,
      recovery: { checkpointMs: 12_000, keys: {}, rerunMs: [12_000, 13_000], rerunCount: 2, missedCount: 0, blocks: 3 },
      rework,
    },
    'The driver was killed. The newest metadata had been damaged before: the one before it was read. Another driver went on from the checkpoint of batch 12. 2 batches ran again: batches 12 to 13. 1 of them repeats its outputs, seen before. 3 received blocks came back from the log. Nothing of earlier batches had to be computed again. Nothing was lost.',
  ],
  [
    'a driver without a checkpoint',
    { ...base, kind: 'driver', how: 'died' },
    'The driver died. There was no checkpoint: it began anew, and all that was counted is lost.',
  ],
  [
    'duplicates',
    { ...base, kind: 'duplicates', node: 'lines', records: 3, batches: [[12_000, 3]] },
    '“lines” was sent its last 3 records again. 3 count twice in batch 12. A receiver cannot tell them from new ones: that is at-least-once delivery.',
  ],
  [
    'a full storage',
    { ...base, kind: 'quota', failedWrites: 1, storedMs: 11_000, settled: false },
    'The storage took nothing from batch 12 on: 1 write failed. The run went on from memory. A driver that dies now goes back to batch 11.',
  ],
  [
    'a connection',
    { ...base, kind: 'connection', node: 'lines', records: 1, downMs: 2100, backMs: 15_000 },
    '“lines” lost its connection in batch 12. The 1 record received until then is kept. Connected again after 2 s: what the source sent meanwhile has not arrived, unless it sends it again. Records count again from batch 15 on.',
  ],
  [
    'a slow partition',
    {
      ...base,
      kind: 'slow',
      node: 'counts',
      partition: 1,
      delayMs: 200,
      batches: 3,
      usualMs: 9,
      slowMs: 210,
      waiting: 2,
    },
    'Partition 1 of “counts” took 0.2 s longer from batch 12 on. 3 batches took 0.2 s on average. Before, it was 9 ms. Up to 2 batches waited behind. Nothing was lost.',
  ],
]

test.each(cases)('%s is put into words', (_what, incident, expected) => {
  expect(describeIncident(incident, around).join(' ')).toBe(expected)
})

test('records that only a driver had are told as lost', () => {
  const [, incident] = cases[2] ?? []
  if (incident === undefined) throw new Error('there is a driver among the cases')
  const lost = [{ timeMs: 12_000, node: 'lines', records: 5, blocks: 1 }]
  const words = describeIncident(incident, { ...around, lost }).join(' ')
  expect(words).toContain('5 received records are lost')
  expect(words).not.toContain('Nothing was lost')
})
