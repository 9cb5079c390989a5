import { expect, test } from 'vitest'
import type { Incident } from '#engine/model/incident.ts'
import { mergeIncident, recallIncidents } from './merge-incident.ts'

const killed: Incident = { id: 'page', kind: 'driver', how: 'killed', onDemand: true, settled: false, seenMs: 3000 }
const recovery = { checkpointMs: 3000, keys: {}, rerunMs: [3000], rerunCount: 1, missedCount: 0, blocks: 0 }
const told: Incident = { id: 'd-1', kind: 'driver', how: 'closed', onDemand: false, settled: false, recovery }
const rework = { timeMs: 3000, streams: [], blocks: 0, blockBatches: 0, whole: true }

test('what a new driver tells belongs to the death that the page saw, now and later', () => {
  const first = mergeIncident([killed], told)
  expect(first).toEqual([{ ...killed, id: 'd-1', recovery }])
  const settled = mergeIncident(first, { ...told, settled: true, rework })
  expect(settled).toEqual([{ ...killed, id: 'd-1', recovery, settled: true, rework }])
  expect(mergeIncident(settled, { ...told, settled: true, rework, timeMs: 3000 })).toHaveLength(1)
})

test('a recovery that no death was seen of stands for itself', () => {
  expect(mergeIncident([{ ...killed, settled: true }], told)).toHaveLength(2)
})

test('the newest hundred are kept', () => {
  let incidents: readonly Incident[] = []
  for (let id = 0; id < 150; id++)
    incidents = mergeIncident(incidents, {
      id: String(id),
      kind: 'quota',
      failedWrites: 0,
      onDemand: true,
      settled: true,
    })
  expect(incidents).toHaveLength(100)
  expect(incidents.at(-1)?.id).toBe('149')
})

test('what is stored of earlier incidents stands before those that the page has seen, each once', () => {
  const old: Incident = { ...told, id: 'a-1', settled: true }
  const seen = mergeIncident([killed], told)
  expect(recallIncidents(seen, [old, { ...told, settled: true }])).toEqual([old, ...seen])
  expect(recallIncidents([killed], [old])).toEqual([old, killed])
})
