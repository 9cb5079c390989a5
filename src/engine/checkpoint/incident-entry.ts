import * as v from 'valibot'
import type { Incident, PastIncidents } from '#engine/model/incident.ts'
import { MAX_NODES } from '#engine/model/limits.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { countForm as count, listForm, nameForm, timeForm as time } from './bounds.ts'

// What went wrong in a run, and what it cost: one small entry, so that it can still be told after a reload. No recovery depends on it.

export const INCIDENTS_KEY = 'incidents/newest'
const VERSION = 1
/** Incidents, and batches with lost records, that are kept: the newest. */
export const MAX_INCIDENTS = 100
const MAX_TEXT_LENGTH = 2000

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT_LENGTH))
const wallMs = v.pipe(v.number(), v.finite())
const rework = v.object({
  timeMs: time,
  streams: listForm(
    v.object({
      node: nameForm,
      partitions: count,
      computed: count,
      fromMs: v.exactOptional(time),
      batches: v.exactOptional(v.object({ firstMs: time, lastMs: time, count })),
    }),
    MAX_NODES,
  ),
  blocks: count,
  blockBatches: count,
  whole: v.boolean(),
})
const recovery = v.object({
  checkpointMs: time,
  stateMs: v.exactOptional(time),
  keys: v.record(nameForm, count),
  rerunMs: listForm(time, MAX_INCIDENTS),
  rerunCount: count,
  missedCount: count,
  blocks: count,
})
const base = { id: nameForm, timeMs: v.exactOptional(time), onDemand: v.boolean(), settled: v.boolean() }
const incident: v.GenericSchema<unknown, Incident> = v.variant('kind', [
  v.object({
    ...base,
    kind: v.literal('executors'),
    executor: v.exactOptional(count),
    executors: count,
    reason: text,
    node: v.exactOptional(nameForm),
    rework: v.exactOptional(rework),
    attempts: count,
  }),
  v.object({
    ...base,
    kind: v.literal('driver'),
    how: v.picklist(['killed', 'died', 'reloaded', 'closed']),
    corrupted: v.exactOptional(nameForm),
    seenMs: v.exactOptional(time),
    recovery: v.exactOptional(recovery),
    rework: v.exactOptional(rework),
  }),
  v.object({
    ...base,
    kind: v.literal('connection'),
    node: nameForm,
    records: count,
    downMs: v.exactOptional(wallMs),
    backMs: v.exactOptional(time),
  }),
  v.object({
    ...base,
    kind: v.literal('duplicates'),
    node: nameForm,
    records: count,
    batches: listForm(v.tuple([time, count]), MAX_INCIDENTS),
  }),
  v.object({
    ...base,
    kind: v.literal('quota'),
    failedWrites: count,
    storedMs: v.exactOptional(time),
    freedMs: v.exactOptional(time),
  }),
  v.object({
    ...base,
    kind: v.literal('slow'),
    node: nameForm,
    partition: count,
    delayMs: wallMs,
    batches: count,
    usualMs: v.exactOptional(wallMs),
    slowMs: v.exactOptional(wallMs),
    waiting: count,
    endedMs: v.exactOptional(time),
  }),
])
const entryForm = v.object({
  version: v.literal(VERSION),
  incidents: listForm(incident, MAX_INCIDENTS),
  lost: listForm(v.object({ timeMs: time, node: nameForm, records: count, blocks: count }), MAX_INCIDENTS),
})

export function printIncidents({ incidents, lost }: PastIncidents): string {
  return JSON.stringify({
    version: VERSION,
    incidents: incidents.slice(-MAX_INCIDENTS).map(bounded),
    lost: lost.slice(-MAX_INCIDENTS),
  })
}

/** A function's message, or a receiver's, may be a book. */
function bounded(each: Incident): Incident {
  if (each.kind === 'executors') return { ...each, reason: each.reason.slice(0, MAX_TEXT_LENGTH) }
  return each.kind === 'duplicates' ? { ...each, batches: each.batches.slice(-MAX_INCIDENTS) } : each
}

/** Fails: why the text is none */
export function parseIncidents(stored: string): Result<PastIncidents, string> {
  try {
    const parsed = v.safeParse(entryForm, JSON.parse(stored))
    if (!parsed.success) return err(v.summarize(parsed.issues))
    const { incidents, lost } = parsed.output
    return ok({ incidents: incidents.map((each) => ({ ...each, settled: true })), lost })
  } catch (error) {
    return err(String(error))
  }
}
