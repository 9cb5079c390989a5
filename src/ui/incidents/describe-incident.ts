import type { Incident, Rework, StreamRework } from '#engine/model/incident.ts'
import type { LostInput } from '#engine/model/run-state.ts'
import { printDuration } from '#ui/print/duration.ts'
import type { WordId } from '#ui/words/catalogue.ts'
import { t } from '#ui/words/words.ts'

/** What an incident is described with, beside itself. */
export interface IncidentSurroundings {
  /** The short name of a batch. */
  print(timeMs: number): string
  readonly batchMs: number
  /** Received records that batches needed and nobody had. */
  readonly lost: readonly LostInput[]
}

type Of<K extends Incident['kind']> = Extract<Incident, { kind: K }>

/** A few words for a mark. */
export function incidentTitle({ kind }: Incident): string {
  return t(`incident.mark.${kind}`)
}

/** What happened and what it cost, a sentence each. Nothing is guessed: what is not known yet is said to be so. */
export function describeIncident(incident: Incident, around: IncidentSurroundings): readonly string[] {
  switch (incident.kind) {
    case 'executors':
      return describeExecutors(incident, around)
    case 'driver':
      return describeDriver(incident, around)
    case 'connection':
      return describeConnection(incident, around)
    case 'duplicates':
      return describeDuplicates(incident, around)
    case 'quota':
      return describeQuota(incident, around)
    case 'slow':
      return describeSlow(incident, around)
  }
}

function describeExecutors(incident: Of<'executors'>, around: IncidentSurroundings): readonly string[] {
  const { executor, executors, reason, rework, attempts, settled } = incident
  const batch = batchOf(incident, around)
  const what =
    executor === undefined
      ? t('incident.lostExecutors', { batch, reason })
      : t('incident.killed', { executor, others: executors - 1, batch })
  if (rework === undefined) return settled ? [what] : [what, t('incident.pending')]
  return [
    what,
    ...describeRework(rework, around),
    ...(attempts > 1 ? [t('incident.attempts', { count: attempts })] : []),
    t(rework.whole ? 'incident.nothingLost' : 'incident.notWhole'),
  ]
}

function describeRework(rework: Rework, around: IncidentSurroundings): readonly string[] {
  const streams = rework.streams.map((stream) => describeStream(stream, around))
  const { blocks, blockBatches } = rework
  const received = blocks === 0 ? [] : [t('incident.blocks', { count: blocks, batches: blockBatches })]
  const all = [...streams, ...received]
  return all.length === 0 ? [t('incident.noRework')] : all
}

function describeStream({ node, partitions, fromMs, batches }: StreamRework, around: IncidentSurroundings): string {
  if (batches === undefined)
    return t('incident.readBack', { node, partitions, from: fromMs === undefined ? '' : around.print(fromMs) })
  const span = spanOf(batches.firstMs, batches.lastMs, around)
  return fromMs === undefined
    ? t('incident.recomputedFromSource', { node, partitions, span })
    : t('incident.recomputed', { node, partitions, from: around.print(fromMs), span })
}

const damaged: Readonly<Record<string, WordId>> = {
  metadata: 'incident.damagedMetadata',
  state: 'incident.damagedState',
}

function describeDriver(incident: Of<'driver'>, around: IncidentSurroundings): readonly string[] {
  const { how, corrupted, recovery, rework, settled } = incident
  const what = t(`incident.driver.${how}`)
  const damage = corrupted === undefined ? undefined : damaged[corrupted]
  if (recovery === undefined) return [what, t(settled ? 'incident.begunAnew' : 'incident.pending')]
  const lost = around.lost.reduce((sum, { records }) => sum + records, 0)
  return [
    what,
    ...(damage === undefined ? [] : [t(damage)]),
    t('incident.goesOn', { time: around.print(recovery.checkpointMs) }),
    ...describeRerun(incident, around),
    ...(recovery.blocks === 0 ? [] : [t('incident.fromLog', { count: recovery.blocks })]),
    ...(rework !== undefined ? describeRework(rework, around) : settled ? [] : [t('incident.pending')]),
    ...(lost > 0 ? [t('incident.lostRecords', { records: lost })] : []),
    ...(lost === 0 && rework?.whole === true ? [t('incident.nothingLost')] : []),
  ]
}

function describeRerun({ recovery, seenMs }: Of<'driver'>, around: IncidentSurroundings): readonly string[] {
  const { rerunMs = [], rerunCount = 0, missedCount = 0 } = recovery ?? {}
  const [first] = rerunMs
  if (first === undefined) return [t('incident.noRerun')]
  const lastMs = rerunMs.length === rerunCount ? (rerunMs.at(-1) ?? first) : first + (rerunCount - 1) * around.batchMs
  const again = [
    t('incident.rerun', { count: rerunCount, span: spanOf(first, lastMs, around) }),
    ...(missedCount > 0 ? [t('incident.missed', { count: missedCount })] : []),
  ]
  if (seenMs === undefined) return again
  const seen = rerunMs.filter((timeMs) => timeMs <= seenMs).length
  return [...again, seen === 0 ? t('incident.noRepeats') : t('incident.repeats', { count: seen })]
}

function describeConnection(incident: Of<'connection'>, around: IncidentSurroundings): readonly string[] {
  const { node, records, downMs, backMs } = incident
  return [
    t('incident.connection', { node, records, batch: batchOf(incident, around) }),
    downMs === undefined ? t('incident.notConnected') : t('incident.connectedAgain', { down: printDuration(downMs) }),
    ...(backMs === undefined ? [] : [t('incident.backIn', { time: around.print(backMs) })]),
  ]
}

function describeDuplicates({ node, records, batches }: Of<'duplicates'>, { print }: IncidentSurroundings): string[] {
  return [
    t('incident.duplicates', { node, records }),
    ...(batches.length === 0 ? [t('incident.duplicatesPending')] : []),
    ...batches.map(([timeMs, count]) => t('incident.countTwice', { records: count, time: print(timeMs) })),
    t('incident.duplicatesWhy'),
  ]
}

function describeQuota(incident: Of<'quota'>, around: IncidentSurroundings): readonly string[] {
  const { failedWrites, storedMs, freedMs } = incident
  const open = storedMs === undefined ? [] : [t('incident.quotaOpen', { time: around.print(storedMs) })]
  return [
    t('incident.quota', { count: failedWrites, batch: batchOf(incident, around) }),
    ...(freedMs === undefined ? open : [t('incident.quotaFreed', { time: around.print(freedMs) })]),
  ]
}

function describeSlow(incident: Of<'slow'>, around: IncidentSurroundings): readonly string[] {
  const { node, partition, delayMs, batches, usualMs, slowMs, waiting } = incident
  return [
    t('incident.slow', { node, partition, delay: printDuration(delayMs), batch: batchOf(incident, around) }),
    ...(slowMs === undefined ? [] : [t('incident.slowCost', { batches, slow: printDuration(slowMs) })]),
    ...(usualMs === undefined ? [] : [t('incident.slowUsual', { usual: printDuration(usualMs) })]),
    ...(waiting === 0 ? [] : [t('incident.slowWaiting', { count: waiting })]),
    t('incident.nothingLost'),
  ]
}

function batchOf({ timeMs }: Incident, { print }: IncidentSurroundings): string {
  return timeMs === undefined ? t('incident.nextBatch') : t('incident.batch', { time: print(timeMs) })
}

function spanOf(firstMs: number, lastMs: number, { print }: IncidentSurroundings): string {
  return firstMs === lastMs
    ? t('incident.batch', { time: print(firstMs) })
    : t('incident.batches', { first: print(firstMs), last: print(lastMs) })
}
