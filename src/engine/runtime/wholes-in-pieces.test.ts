import fc from 'fast-check'
import { expect, test } from 'vitest'
import { carryOver } from '#engine/checkpoint/carry-over.ts'
import { readStoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import { metadataKey } from '#engine/checkpoint/metadata.ts'
import type { Pace } from '#engine/checkpoint/pace.ts'
import { sealEntry } from '#engine/checkpoint/seal.ts'
import { lowerPipeline } from '#engine/compile/lower-pipeline.ts'
import type { Program } from '#engine/compile/state-fates.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'
import { type RunOptions, runPipeline } from '#engine/runtime/testing/run-pipeline.ts'
import { SeededAllocation } from '#engine/runtime/testing/seeded-allocation.ts'

// States that are told whole in pieces over and over, while drivers die, executors are lost, come and go, documents are edited and entries damaged in between.
// SLUICE_KILLS says how many times, SLUICE_SEED which.

const seed = Number(process.env.SLUICE_SEED ?? Date.now() % 0x7fff_ffff)
const runs = Number(process.env.SLUICE_KILLS ?? 20) / 10
const BATCHES = 40
const pace: Pace = { leastChars: 2000, mostEdits: 4, piecePerEdit: 0, leastPiece: 1, mostPieces: 3 }

const states: Readonly<Record<string, NodeText>> = {
  updateStateByKey: [
    'updateStateByKey',
    { fn: '(values, n = 0) => n > 8 && values.length > 0 ? undefined : n + values.length', checkpointMs: 5000 },
    'pairs',
  ],
  // In a way that a batch which runs again does not change them twice.
  'mapWithState that changes states in their places': [
    'mapWithState',
    {
      fn: `(key, value, state) => {
        if (state.isTimingOut()) return [key, 'gone']
        if (!state.exists()) state.update({})
        const seen = state.get()
        seen['v' + value] = true
        if (Object.keys(seen).length > 6) state.remove()
        return [key, Object.keys(seen).join()]
      }`,
      timeoutMs: 12_000,
      checkpointMs: 5000,
    },
    'pairs',
  ],
  reduceByKeyAndWindow: [
    'reduceByKeyAndWindow',
    {
      reduce: '(a, b) => a + b',
      inverse: '(a, b) => a - b',
      windowMs: 8000,
      slideMs: 1000,
      filter: '([, n]) => n !== 0',
    },
    'pairs',
  ],
}

interface Death {
  /** A batch after the first few. */
  readonly afterMs: number
  /** Which piece is damaged before another driver goes on. */
  readonly piece: number | undefined
  /** The document is edited then: the run goes on as one that keeps all its states. */
  readonly isEdited: boolean
}

const second = fc.integer({ min: 6, max: BATCHES - 1 }).map((batch) => batch * 1000)
const death: fc.Arbitrary<Death> = fc.record({
  afterMs: second,
  piece: fc.option(fc.nat(), { nil: undefined }),
  isEdited: fc.boolean(),
})
const history = fc.record({
  records: fc.array(fc.array(fc.tuple(fc.nat({ max: 150 }), fc.nat({ max: 9 })), { maxLength: 9 }), {
    minLength: BATCHES,
    maxLength: BATCHES,
  }),
  deaths: fc.array(death, { maxLength: 4 }),
  /** Partitions move between executors now and then. */
  moves: fc.option(fc.nat(), { nil: undefined }),
  losses: fc.array(fc.tuple(second, fc.nat({ max: 30 })), { maxLength: 3 }),
})

const tally = { recoveries: 0, inPieces: 0, halfTold: 0, damaged: 0 }

test.each(Object.entries(states))(
  `%s goes on from wholes in pieces as if nothing had happened (seed ${seed})`,
  async (_name, state) => {
    const document = documentOf({
      rows: ['queueStream', { batches: [] }],
      keyed: ['map', { fn: "([key, value]) => ['k' + key, value + 1]" }, 'rows'],
      pairs: ['reduceByKey', { reduce: '(a, b) => ((a + b) % 12) + 1' }, 'keyed'],
      state,
      out: ['print', {}, 'state'],
    })
    await fc.assert(
      fc.asyncProperty(history, async ({ records, deaths, losses, moves }) => {
        const inputs = { rows: { batches: records, partitions: 2 } }
        const run = (options: Partial<RunOptions>) =>
          runPipeline(document, { batches: BATCHES, inputs, collect: ['state'], ...options })
        const whole = (await run({})).recordsOf('state')
        const store = new MemoryCheckpointStore()
        const lossAt = new Map(losses)
        // Whoever has lost one whole has no other until the next is told.
        const damaging = deaths.find(({ piece }) => piece !== undefined)
        for (const death of [...deaths.sort((a, b) => a.afterMs - b.afterMs), undefined]) {
          const { failures, recordsOf } = await run({
            store,
            pace,
            losesAt: (timeMs) => lossAt.get(timeMs),
            ...(moves === undefined ? {} : { allocation: new SeededAllocation(2, moves) }),
            ...(death === undefined ? {} : { killAfterMs: death.afterMs }),
          })
          expect(failures).toEqual([])
          const found = recordsOf('state')
          const times = new Set(found.map(({ timeMs }) => timeMs))
          expect(found).toEqual(whole.filter(({ timeMs }) => times.has(timeMs)))
          if (death === undefined) continue
          await leave(store, death === damaging ? death.piece : undefined)
          if (death.isEdited) await edit(store)
        }
      }),
      { numRuns: runs, seed, endOnFailure: true },
    )
  },
)

// Few runs need not come upon all of it.
if (runs >= 40)
  test('wholes in pieces were recovered from, complete and half told, whole and damaged', () => {
    for (const found of [tally.inPieces, tally.halfTold, tally.damaged]) expect(found).toBeGreaterThan(runs / 10)
  })

/** Stores a run as one that an edited document takes over. */
async function edit(store: MemoryCheckpointStore): Promise<void> {
  const stored = readStoredRun(await store.read())
  const parsed = parsePipeline(stored?.metadata.pipeline)
  if (stored === undefined || !parsed.ok) throw new Error('a run is stored')
  const programOf = (pipeline: Pipeline): Program => {
    const plan = lowerPipeline(pipeline, { machineCores: 2, feeds: {}, collect: ['state'] })
    if (!plan.ok) throw new Error('it ran')
    return { pipeline, plan: plan.value }
  }
  const { value: pipeline } = parsed
  const edited = { ...pipeline, name: `${pipeline.name} again` }
  const { stored: carried, fates } = carryOver(stored, programOf(pipeline), programOf(edited))
  expect(fates.filter(({ lost }) => lost !== undefined)).toEqual([])
  const key = metadataKey(stored.slot)
  await store.write({ put: new Map([[key, sealEntry(key, JSON.stringify(carried.metadata))]]), remove: [] })
}

/** Damages what a dead driver left, and sees that no state is lost with it. */
async function leave(store: MemoryCheckpointStore, piece: number | undefined): Promise<void> {
  const before = readStoredRun(await store.read())
  const pieces = before?.stateKeys.filter((key) => key.startsWith('piece/')) ?? []
  const key = piece === undefined ? undefined : pieces[piece % Math.max(1, pieces.length)]
  if (key !== undefined) await store.write({ put: new Map([[key, 'half']]), remove: [] })
  const after = readStoredRun(await store.read())
  expect(after?.states.lost).toEqual([])
  expect(after?.states.states.at(-1)?.timeMs).toBe(before?.states.states.at(-1)?.timeMs)
  const chains = [...(after?.states.chains.values() ?? [])].flatMap((each) => [...each.chains.values()].flat())
  const told = new Set(chains.flatMap(({ whole }) => whole?.pieces?.entries ?? []))
  tally.recoveries += 1
  if (key !== undefined) tally.damaged += 1
  if (after?.states.states.some(({ partitions }) => partitions.some((each) => each.pieces !== undefined)) === true)
    tally.inPieces += 1
  if (pieces.some((each) => !told.has(each))) tally.halfTold += 1
}
