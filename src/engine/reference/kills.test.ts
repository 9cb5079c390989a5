import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readStoredRun, type StoredRun } from '#engine/checkpoint/entries.ts'
import { MemoryCheckpointStore } from '#engine/checkpoint/memory-checkpoint-store.ts'
import type { Pace } from '#engine/checkpoint/pace.ts'
import { graphChoices } from '#engine/reference/testing/graph-arbitrary.ts'
import { limitMs, printGraph, runGraph, runsFrom, seed } from '#engine/reference/testing/graphs.ts'
import { MemoryOutputFiles } from '#engine/runtime/driver/files/memory-output-files.ts'
import { MortalDriver, type Surroundings } from '#engine/runtime/testing/mortal-driver.ts'
import type { FinishedRun } from '#engine/runtime/testing/run-pipeline.ts'
import { expectedRun } from './expected-run.ts'
import { graphOf, type RandomGraph } from './random-document.ts'

// Random pipelines whose driver dies at any step, once or twice, and goes on: with an entry of its checkpoint damaged, too. No batch may be
// missing, none may give anything else than in a run that nobody killed, and none may run again but those that the checkpoint names and
// that are marked so. SLUICE_KILLS says how many drivers die, SLUICE_SEED which.

const KEEPING = ['updateStateByKey', 'mapWithState', 'reduceByKeyAndWindow', 'countByWindow', 'countByValueAndWindow']
const JOINING = ['join', 'cogroup', 'leftOuterJoin', 'rightOuterJoin', 'fullOuterJoin']
const kills = runsFrom('SLUICE_KILLS', 40)
const KILLS_PER_GRAPH = 6

interface Kill {
  /** Where, as a share of all steps. */
  readonly at: number
  /** Where the driver that goes on dies as well. */
  readonly again: number | undefined
  /** Which entry of the checkpoint is damaged between two drivers. */
  readonly damaged: number | undefined
  /** States are told whole over and over, in pieces. */
  readonly isSwift: boolean
}

const swift: Pace = { leastChars: 1, mostEdits: 1, piecePerEdit: 0, leastPiece: 1, mostPieces: 2 }

const share = fc.nat({ max: 9999 }).map((part) => part / 10_000)
const kill: fc.Arbitrary<Kill> = fc.record({
  at: share,
  again: fc.option(share, { nil: undefined, freq: 3 }),
  damaged: fc.option(fc.nat(), { nil: undefined, freq: 3 }),
  isSwift: fc.boolean(),
})

/** What the outputs of each batch gave, and which of them failed. */
function outputsOf({ batches }: FinishedRun, seen: readonly number[]): ReadonlyMap<number, unknown> {
  return new Map(
    batches
      .filter(({ info }) => seen.includes(info.batchTimeMs))
      .map(({ info, data }) => [
        data.timeMs,
        {
          outputs: data.outputs,
          failed: info.outputs.filter((each) => each.failureReason !== undefined).map(({ id }) => id),
        },
      ]),
  )
}

function surroundings(): Surroundings & { readonly store: MemoryCheckpointStore } {
  return { store: new MemoryCheckpointStore(), files: new MemoryOutputFiles() }
}

async function damage(store: MemoryCheckpointStore, which: number): Promise<string | undefined> {
  const entries = [...(await store.read())].filter(([key]) => /^(metadata|state|snapshot|piece)\//.test(key))
  const [key, text] = entries[which % Math.max(1, entries.length)] ?? []
  if (key === undefined || text === undefined) return undefined
  await store.write({ put: new Map([[key, text.slice(0, which % text.length)]]), remove: [] })
  return key
}

interface Expected {
  readonly whole: ReadonlyMap<number, unknown>
  readonly files: ReadonlyMap<string, unknown>
  readonly steps: number
  readonly batches: number
}

/** What was counted over all graphs. */
interface Tally {
  graphs: number
  killed: number
  repeated: number
  damaged: number
  /** Drivers that went on from a state of which only what became other was stored. */
  edited: number
  /** From one whose whole was in pieces. */
  inPieces: number
  /** While a whole was half told. */
  halfTold: number
  readonly operators: Set<string>
}

/** Whether pieces are there that no state is made from. */
function isHalfTold({ stateKeys, states }: StoredRun): boolean {
  const made = new Set(
    [...states.chains.values()].flatMap(({ chains }) =>
      [...chains.values()].flat().flatMap(({ whole }) => whole?.pieces?.entries ?? []),
    ),
  )
  return stateKeys.some((key) => key.startsWith('piece/') && !made.has(key))
}

/** Runs a graph with the drivers of one kill, and compares all they give. */
async function compare(
  graph: RandomGraph,
  { at, again, damaged, isSwift }: Kill,
  expected: Expected,
  tally: Tally,
): Promise<void> {
  const around = surroundings()
  const places = [at, ...(again === undefined ? [] : [again]), undefined]
  const seen = new Set<number>()
  for (const [life, place] of places.entries()) {
    const diesAt = place === undefined ? 0 : 1 + Math.floor(place * expected.steps)
    const key = life > 0 && damaged !== undefined ? await damage(around.store, damaged) : undefined
    const stored = readStoredRun(await around.store.read())
    if (
      stored?.states.states.some(({ partitions }) =>
        partitions.some(({ texts, pieces = 1 }) => texts.length > pieces),
      ) === true
    )
      tally.edited += 1
    if (stored?.states.states.some(({ partitions }) => partitions.some(({ pieces }) => pieces !== undefined)) === true)
      tally.inPieces += 1
    if (stored !== undefined && isHalfTold(stored)) tally.halfTold += 1
    const driver = new MortalDriver(around, diesAt)
    const run = await runGraph(graph, {
      batches: expected.batches,
      ...driver.options,
      ...(isSwift ? { pace: swift } : {}),
    })
    const given = outputsOf(run, driver.completed)
    for (const [timeMs, outputs] of given) expect([timeMs, outputs]).toEqual([timeMs, expected.whole.get(timeMs)])
    const named = stored === undefined ? [] : [...stored.metadata.pending, stored.metadata.checkpointMs]
    for (const { info } of run.batches.filter(({ info }) => driver.completed.includes(info.batchTimeMs))) {
      expect([info.batchTimeMs, info.recovered]).toEqual([info.batchTimeMs, named.includes(info.batchTimeMs)])
      if (!seen.has(info.batchTimeMs)) continue
      tally.repeated += 1
      expect(named).toContain(info.batchTimeMs)
    }
    if (key !== undefined && stored?.damaged.includes(key) === true) {
      tally.damaged += 1
      expect(run.warnings).toEqual(expect.arrayContaining([expect.stringContaining(key)]))
    }
    for (const timeMs of given.keys()) seen.add(timeMs)
    // One that was to die later than its run lasted has left in the middle of it all the same: another goes on.
    if (driver.isDead) tally.killed += 1
  }
  expect([...seen].sort((a, b) => a - b)).toEqual([...expected.whole.keys()])
  expect(around.files.directories).toEqual(expected.files)
}

test(
  `${kills} drivers of random graphs die at any step, and nothing is lost or twice (seed ${seed})`,
  async () => {
    const tally: Tally = {
      graphs: 0,
      killed: 0,
      repeated: 0,
      damaged: 0,
      edited: 0,
      inPieces: 0,
      halfTold: 0,
      operators: new Set(),
    }
    const property = fc.asyncProperty(
      graphChoices(4),
      fc.array(kill, { minLength: KILLS_PER_GRAPH, maxLength: KILLS_PER_GRAPH }),
      async (choices, deaths) => {
        const graph = graphOf(choices)
        const kinds = graph.document.nodes.map(({ op }) => op)
        const isWorthIt = [...KEEPING, ...JOINING].some((op) => kinds.includes(op))
        const batches = isWorthIt ? expectedRun(graph)?.length : undefined
        if (batches === undefined || tally.killed >= kills) return
        try {
          const around = surroundings()
          const probe = new MortalDriver(around)
          const run = await runGraph(graph, { batches, ...probe.options })
          const whole = outputsOf(run, probe.completed)
          const expected = { whole, files: around.files.directories, steps: probe.steps, batches }
          for (const each of deaths) await compare(graph, each, expected, tally)
          tally.graphs += 1
          for (const op of kinds) tally.operators.add(op)
        } catch (thrown) {
          throw new Error(`${printGraph(graph)}\n${String(thrown)}`, { cause: thrown })
        }
      },
    )
    await fc.assert(property, { numRuns: kills, seed, endOnFailure: kills > 1000 })
    expect(tally.killed).toBeGreaterThanOrEqual(kills)
    if (kills >= 1000) {
      expect([...tally.operators]).toEqual(expect.arrayContaining([...KEEPING, ...JOINING]))
      expect(tally.repeated).toBeGreaterThan(kills / 20)
      expect(tally.damaged).toBeGreaterThan(kills / 20)
      expect(tally.edited).toBeGreaterThan(kills / 20)
      expect(tally.inPieces).toBeGreaterThan(kills / 50)
      expect(tally.halfTold).toBeGreaterThan(kills / 50)
      process.stdout.write(`${JSON.stringify({ ...tally, operators: tally.operators.size })}\n`)
    }
  },
  limitMs(kills),
)
