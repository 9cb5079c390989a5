import { describe, expect, it } from 'vitest'
import type { BatchData } from '#engine/model/batch-data.ts'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { ClockState } from '#engine/model/run-state.ts'
import type { DriverEvent } from '#protocol/driver-event.ts'
import { EMPTY_RUN, EMPTY_TOTALS, KEPT_BATCHES } from '#ui/state/run-store.ts'
import { foldEvents, keepData } from './fold-events.ts'

const clock: ClockState = { kind: 'virtual', paused: false, speed: 1, nowMs: 1000, zeroMs: 0 }
const running = { ...EMPTY_RUN, phase: 'running' as const }

function batch(batchTimeMs: number, status: BatchInfo['status'] = 'completed'): BatchInfo {
  return { batchTimeMs, status, inputs: [], numRecords: 0, submissionMs: 0, outputs: [], recovered: false }
}

function data(timeMs: number): BatchData {
  return { timeMs, nodes: {}, outputs: [], failures: [] }
}

function frame(more: Partial<Extract<DriverEvent, { kind: 'frame' }>>): DriverEvent {
  return { kind: 'frame', clock, batches: [], totals: EMPTY_TOTALS, outputs: [], ...more }
}

describe('foldEvents', () => {
  it('replaces what is known of a batch and keeps them in order', () => {
    const after = foldEvents(running, [
      frame({ batches: [batch(1000, 'queued'), batch(2000, 'queued')] }),
      frame({ batches: [batch(1000)] }),
    ])
    expect(after.batches.map((each) => [each.batchTimeMs, each.status])).toEqual([
      [1000, 'completed'],
      [2000, 'queued'],
    ])
  })

  it('keeps only the newest batches', () => {
    const many = Array.from({ length: 1010 }, (_, index) => batch((index + 1) * 1000))
    const after = foldEvents(running, [frame({ batches: many.slice(0, 200) }), frame({ batches: many.slice(200) })])
    expect(after.batches).toHaveLength(1000)
    expect(after.batches[0]?.batchTimeMs).toBe(11_000)
    const conf = { 'spark.streaming.ui.retainedBatches': 3 }
    const settings = { batchMs: 1000, master: 'local[2]', checkpoint: false, seed: 1, conf }
    const pipeline = parsePipeline({ format: 'sluice/1', name: 'few', settings, nodes: [], edges: [] })
    if (!pipeline.ok) throw new Error(JSON.stringify(pipeline.error))
    const few = foldEvents({ ...running, pipeline: pipeline.value }, [frame({ batches: many })])
    expect(few.batches).toEqual(many.slice(-3))
  })

  it('remembers the data of batches that went by, and the first that came goes first', () => {
    const after = foldEvents(running, [frame({ newest: data(1000) }), frame({ newest: data(2000) }), frame({})])
    expect([...after.data.keys()]).toEqual([1000, 2000])
    expect(after.newest?.timeMs).toBe(2000)
    let kept: ReadonlyMap<number, BatchData> = new Map()
    for (let index = 0; index <= KEPT_BATCHES; index++) kept = keepData(kept, data(index))
    expect(kept.has(0)).toBe(false)
    expect(kept.size).toBe(KEPT_BATCHES)
  })

  it('shows the newer outputs of a batch that ran again', () => {
    const output = (more: boolean) => [{ id: 0, node: 'print', partitions: [], rows: [], lines: [], more }]
    const after = foldEvents(running, [
      frame({ outputs: [{ timeMs: 1000, outputs: output(false) }] }),
      frame({ outputs: [{ timeMs: 1000, outputs: output(true) }] }),
    ])
    expect(after.outputs).toEqual([{ timeMs: 1000, outputs: output(true) }])
  })

  it('brings back what charts had shown, and keeps what this page knows better', () => {
    const output = (node: string) => [{ id: 0, node, partitions: [], rows: [], lines: [], more: false }]
    const figures = [1000, 2000].map((timeMs) => ({ timeMs, outputs: output('restored') }))
    const report = { checkpointMs: 3000, keys: {}, rerunMs: [], rerunCount: 0, missedCount: 0, blocks: 0, figures }
    const known = foldEvents(running, [
      frame({ outputs: [2000, 3000].map((timeMs) => ({ timeMs, outputs: output('seen') })) }),
    ])
    const after = foldEvents(known, [{ kind: 'recovered', before: { incidents: [], lost: [] }, report }])
    expect(after.outputs.map(({ timeMs, outputs }) => [timeMs, outputs[0]?.node])).toEqual([
      [1000, 'restored'],
      [2000, 'seen'],
      [3000, 'seen'],
    ])
  })

  it('follows the clock and the end of the context', () => {
    expect(foldEvents(running, [frame({ clock: { ...clock, paused: true } })]).phase).toBe('paused')
    const stopped = foldEvents(running, [{ kind: 'context', state: 'STOPPED', clock, stopReason: 'asked' }, frame({})])
    expect(stopped.phase).toBe('stopped')
    expect(stopped.stopReason).toBe('asked')
  })

  it('does not take an initialised context for a running one', () => {
    const starting = { ...EMPTY_RUN, phase: 'starting' as const }
    expect(foldEvents(starting, [{ kind: 'context', state: 'INITIALIZED', clock }]).phase).toBe('starting')
  })

  it('names what was lost and what was recovered', () => {
    const lost = foldEvents(running, [{ kind: 'executorsLost', reason: 'no answer for 5 s', node: 'words' }])
    expect(lost.phase).toBe('recovering')
    expect(lost.pool).toEqual({ kind: 'lost', reason: 'no answer for 5 s', node: 'words' })
    const report = {
      checkpointMs: 3000,
      keys: { counts: 7 },
      rerunMs: [4000],
      rerunCount: 1,
      missedCount: 0,
      blocks: 0,
    }
    expect(foldEvents(running, [{ kind: 'recovered', before: { incidents: [], lost: [] }, report }]).recovery).toBe(
      report,
    )
  })
})
