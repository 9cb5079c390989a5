import { wholeOf } from '#engine/compile/conf.ts'
import type { BatchData } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import { KEPT_BATCHES, KEPT_MESSAGES, type OutputEntry, type RunFigures } from '#ui/state/run-store.ts'
import { mergeIncident, recallIncidents } from './merge-incident.ts'
import { nextPhase } from './run-machine.ts'

/** The figures after the events of one animation frame, in order. */
export function foldEvents(figures: RunFigures, events: readonly DriverEvent[]): RunFigures {
  return events.reduce(foldEvent, figures)
}

function foldEvent(figures: RunFigures, event: DriverEvent): RunFigures {
  switch (event.kind) {
    case 'context':
      return foldContext(figures, event)
    case 'frame':
      return foldFrame(figures, event)
    case 'failure':
      return { ...figures, failures: newest([...figures.failures, event.failure], KEPT_MESSAGES) }
    case 'receivers':
      return { ...figures, receivers: event.receivers }
    case 'lost':
      return { ...figures, lost: newest([...figures.lost, event.lost], KEPT_MESSAGES) }
    case 'recovered':
      return {
        ...figures,
        recovery: event.report,
        outputs: bringBack(figures.outputs, event.report.figures ?? []),
        incidents: recallIncidents(figures.incidents, event.before.incidents),
        lost: figures.lost.length > 0 ? figures.lost : event.before.lost,
      }
    case 'sinks':
      return { ...figures, sinks: event.sinks }
    case 'executorsLost': {
      const { reason, node } = event
      const pool = { kind: 'lost' as const, reason, ...(node === undefined ? {} : { node }) }
      return { ...figures, pool, phase: nextPhase(figures.phase, { kind: 'executorsLost' }) }
    }
    case 'checkpoint': {
      const { timeMs, bytes, durationMs } = event
      return { ...figures, checkpoint: { timeMs, bytes, durationMs } }
    }
    case 'incident':
      return { ...figures, incidents: mergeIncident(figures.incidents, event.incident) }
    case 'checkpointTrouble':
      return { ...figures, checkpointTrouble: event.reason }
    case 'files':
      return { ...figures, filesChanges: figures.filesChanges + 1 }
    case 'fenced':
      return figures
    case 'carried':
      return { ...figures, carried: event.fates }
    case 'skipped':
      return { ...figures, skipped: event.skipped }
    case 'warning': {
      const { kind: _kind, ...warning } = event
      return { ...figures, warnings: newest([...figures.warnings, warning], KEPT_MESSAGES) }
    }
  }
}

function foldContext(figures: RunFigures, event: Extract<DriverEvent, { kind: 'context' }>): RunFigures {
  const happening =
    event.state === 'STOPPED'
      ? ({ kind: 'stopped' } as const)
      : ({ kind: 'clockHeard', paused: event.clock.paused } as const)
  return {
    ...figures,
    context: event.state,
    clock: event.clock,
    stopReason: event.stopReason,
    phase: event.state === 'INITIALIZED' ? figures.phase : nextPhase(figures.phase, happening),
  }
}

function foldFrame(figures: RunFigures, frame: Extract<DriverEvent, { kind: 'frame' }>): RunFigures {
  const retained = wholeOf(figures.pipeline?.settings.conf ?? {}, 'spark.streaming.ui.retainedBatches')
  const batches = mergeBatches(figures.batches, frame.batches, retained)
  return {
    ...figures,
    clock: frame.clock,
    phase: nextPhase(figures.phase, { kind: 'clockHeard', paused: frame.clock.paused }),
    batches,
    totals: frame.totals,
    catchUp: frame.catchUp,
    newest: frame.newest ?? figures.newest,
    data: frame.newest === undefined ? figures.data : keepData(figures.data, frame.newest),
    outputs: mergeOutputs(figures.outputs, frame.outputs),
  }
}

/** Both lists ascend by time; a batch in `changed` replaces the one of the same time. */
function mergeBatches(
  known: readonly BatchInfo[],
  changed: readonly BatchInfo[],
  retained: number,
): readonly BatchInfo[] {
  if (changed.length === 0) return known
  const byTime = new Map(known.map((batch) => [batch.batchTimeMs, batch]))
  for (const batch of changed) byTime.set(batch.batchTimeMs, batch)
  const merged = [...byTime.values()].sort((a, b) => a.batchTimeMs - b.batchTimeMs)
  return newest(merged, retained)
}

/** A batch that ran again after a recovery shows its newer outputs. */
function mergeOutputs(known: readonly OutputEntry[], added: readonly OutputEntry[]): readonly OutputEntry[] {
  if (added.length === 0) return known
  const again = new Set(added.map((entry) => entry.timeMs))
  return newest([...known.filter((entry) => !again.has(entry.timeMs)), ...added], KEPT_BATCHES)
}

/** What charts and counters had shown before a recovery; of batches that this page has seen itself it knows more. */
function bringBack(known: readonly OutputEntry[], restored: readonly OutputEntry[]): readonly OutputEntry[] {
  const times = new Set(known.map((entry) => entry.timeMs))
  const missing = restored.filter((entry) => !times.has(entry.timeMs))
  if (missing.length === 0) return known
  return newest(
    [...missing, ...known].sort((a, b) => a.timeMs - b.timeMs),
    KEPT_BATCHES,
  )
}

/** The data of one more batch; when there are too many, the one that came in first is forgotten. */
export function keepData(data: ReadonlyMap<number, BatchData>, batch: BatchData): ReadonlyMap<number, BatchData> {
  const kept = new Map(data)
  kept.delete(batch.timeMs)
  kept.set(batch.timeMs, batch)
  for (const first of kept.keys()) {
    if (kept.size <= KEPT_BATCHES) break
    kept.delete(first)
  }
  return kept
}

function newest<T>(list: readonly T[], limit: number): readonly T[] {
  return list.length > limit ? list.slice(list.length - limit) : list
}
