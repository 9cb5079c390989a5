import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DriverEvent } from '#protocol/driver-event.ts'
import { foldEvents } from '#ui/engine/fold-events.ts'
import { EMPTY_RUN, EMPTY_TOTALS, type RunFigures } from '#ui/state/run-store.ts'
import { applyChange, findChange, wholeFigures } from './figures-change.ts'

const clock = { kind: 'virtual', paused: false, speed: 1, nowMs: 1000, zeroMs: 0 } as const

function frame(timeMs: number): DriverEvent {
  const info = {
    batchTimeMs: timeMs,
    status: 'completed',
    inputs: [],
    numRecords: timeMs,
    submissionMs: 0,
    outputs: [],
    recovered: false,
  } as const
  const newest = { timeMs, nodes: {}, outputs: [], failures: [] }
  const totals = { ...EMPTY_TOTALS, completedBatches: timeMs / 1000 }
  return {
    kind: 'frame',
    clock: { ...clock, nowMs: timeMs },
    batches: [info],
    totals,
    outputs: [{ timeMs, outputs: [] }],
    newest,
  }
}

/** What an owner does: hears of a batch, notes something of its own, begins a run anew. */
type Act = { readonly event: DriverEvent } | { readonly change: (figures: RunFigures) => RunFigures }

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.integer({ min: 1, max: 400 }).map((n) => ({ event: frame(n * 1000) })),
  fc.constantFrom<Act>(
    { event: { kind: 'warning', message: 'slow' } },
    { event: { kind: 'receivers', receivers: [] } },
    { event: { kind: 'checkpoint', timeMs: 1, bytes: 2, durationMs: 3 } },
    { event: { kind: 'files', pipelineId: 'p' } },
    { event: { kind: 'context', state: 'ACTIVE', clock: { ...clock, paused: true } } },
    { event: { kind: 'executorsLost', reason: 'hung' } },
  ),
  fc.constantFrom<Act>(
    { change: (figures) => ({ ...figures, phase: 'running' }) },
    { change: (figures) => ({ ...figures, pool: { kind: 'ready', executors: 2 } }) },
    { change: () => ({ ...EMPTY_RUN, phase: 'starting' }) },
    { change: (figures) => ({ ...EMPTY_RUN, phase: figures.phase, driverRestarts: 1, driverReason: 'died' }) },
  ),
)

describe('a following tab', () => {
  it('comes to the figures of the owner, whenever it begins to follow', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), fc.nat(40), (acts, joinsAt) => {
        let owner: RunFigures = EMPTY_RUN
        let follower: RunFigures | undefined
        for (const [at, each] of acts.entries()) {
          if (at === joinsAt) follower = wholeFigures(owner)
          const before = owner
          owner = 'event' in each ? foldEvents(owner, [each.event]) : each.change(owner)
          if (follower === undefined) continue
          // As the channel carries it: the event at once, then what else has changed.
          if ('event' in each) follower = foldEvents(follower, [each.event])
          const change = findChange(before, owner)
          if (change !== undefined) follower = applyChange(follower, change)
        }
        // Past data is asked for.
        if (follower !== undefined) expect({ ...follower, data: null }).toEqual({ ...owner, data: null })
      }),
      { seed: 20_261_122, numRuns: 500 },
    )
  })

  it('is not told of what its own events tell it', () => {
    const after = foldEvents(EMPTY_RUN, [{ kind: 'warning', message: 'slow' }])
    expect(findChange(EMPTY_RUN, after)).toBeUndefined()
    expect(findChange(after, after)).toBeUndefined()
  })
})
