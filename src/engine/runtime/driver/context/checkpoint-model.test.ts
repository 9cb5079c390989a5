import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readStoredRun, type StoredRun } from '#engine/checkpoint/entries.ts'
import { openEntry } from '#engine/checkpoint/seal.ts'
import { parseStateEntry } from '#engine/checkpoint/state-entry.ts'
import { DriverLife, PARTITIONS, STEP_MS, words } from '#engine/runtime/testing/driver-life.ts'
import { RecordingStore } from '#engine/runtime/testing/recording-store.ts'

// The driver's side of a checkpoint against a store that fails: batches, half-made states, lost executors, a full store, crashes between any two
// steps with the last steps lost, and damaged entries, in any order. What is recovered is the state of the newest batch whose step is stored, text
// for text; with a damaged entry it may be an older one, and that is said. Wholes come in pieces; a damaged piece costs nothing. SLUICE_STORAGE says how many such histories, SLUICE_SEED which.

const runs = Number(process.env.SLUICE_STORAGE ?? 150)
const seed = Number(process.env.SLUICE_SEED ?? Date.now() % 0x7fff_ffff)

type Command =
  /** `half`: partition 1 is not made until the next batch. `waits`: until all is stored. */
  | { readonly kind: 'batch'; readonly half: boolean; readonly waits: boolean }
  | { readonly kind: 'lose executors' }
  | { readonly kind: 'fill'; readonly writes: number }
  /** `lost`: steps that were reported as stored and are gone. */
  | { readonly kind: 'crash'; readonly lost: number; readonly damaged: readonly number[] }

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('batch' as const),
      half: fc.nat({ max: 7 }).map((n) => n === 7),
      waits: fc.nat({ max: 3 }).map((n) => n > 0),
    }),
  },
  fc.record({ kind: fc.constant('lose executors' as const) }),
  fc.record({ kind: fc.constant('fill' as const), writes: fc.nat({ max: 5 }) }),
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      lost: fc.nat({ max: 2 }),
      damaged: fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        fc.array(fc.nat(), { minLength: 1, maxLength: 1 }),
        fc.array(fc.nat(), { minLength: 2, maxLength: 4 }),
      ),
    }),
  },
)

/** The newest batch time of which every partition is among these entries. */
function newestComplete(entries: ReadonlyMap<string, string>): number | undefined {
  const parts = new Map<number, Set<number>>()
  for (const [key, text] of entries) {
    const body = /^(state|snapshot)\//.test(key) ? openEntry(key, text) : undefined
    const entry = body?.ok === true ? parseStateEntry(body.value) : undefined
    if (entry?.ok !== true) continue
    const timeMs = Number(key.slice(key.lastIndexOf('/') + 1))
    const found = parts.get(timeMs) ?? new Set()
    parts.set(timeMs, found)
    for (const { partition } of entry.value.parts) found.add(partition)
  }
  const complete = [...parts].filter(([, found]) => found.size === PARTITIONS).map(([timeMs]) => timeMs)
  return complete.length === 0 ? undefined : Math.max(...complete)
}

function damage(entries: ReadonlyMap<string, string>, which: readonly number[]): ReadonlyMap<string, string> {
  const next = new Map(entries)
  const keys = [...entries.keys()]
  for (const number of which) {
    const key = keys[number % Math.max(1, keys.length)]
    const text = key === undefined ? undefined : next.get(key)
    if (key === undefined || text === undefined) continue
    const at = number % Math.max(1, text.length)
    const flipped = text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)
    next.set(key, [text.slice(0, at), flipped, '', text.replace(/^sluice\/\d+/, 'sluice/99')][number % 4] ?? '')
  }
  return next
}

/** What recoveries found. */
const tally = { recoveries: 0, inPieces: 0, halfTold: 0, damagedPieces: 0 }

function count({ states, stateKeys }: StoredRun): void {
  tally.recoveries += 1
  if (states.states.some(({ partitions }) => partitions.some(({ pieces }) => pieces !== undefined))) tally.inPieces += 1
  const chains = [...states.chains.values()].flatMap((each) => [...each.chains.values()].flat())
  const told = new Set(chains.flatMap(({ whole }) => whole?.pieces?.entries ?? []))
  if (stateKeys.some((key) => key.startsWith('piece/') && !told.has(key))) tally.halfTold += 1
}

/** Recovers from what a crash left, and compares it with what was there. */
function recover(whole: ReadonlyMap<string, string>, left: ReadonlyMap<string, string>, wasDamaged: boolean) {
  const damaged = [...left].filter(([key, text]) => !openEntry(key, text).ok).map(([key]) => key)
  const undamaged = readStoredRun(whole)
  const stored = readStoredRun(left)
  // After a run went on from older metadata, what only newer metadata named is there for a while, and counts for nothing.
  const named = undamaged?.states.states.at(-1)?.timeMs
  const newestMs = wasDamaged ? named : newestComplete(whole)
  if (stored === undefined) {
    expect(undamaged === undefined || damaged.filter((key) => key.startsWith('metadata/')).length > 0).toBe(true)
    return undefined
  }
  expect(stored.damaged).toEqual(expect.arrayContaining(damaged))
  count(stored)
  for (const { timeMs, partitions } of stored.states.states) {
    partitions.forEach(({ texts }, partition) => {
      expect([timeMs, texts.join('')]).toEqual([timeMs, words(partition, 0, timeMs)])
    })
  }
  const foundMs = stored.states.states.at(-1)?.timeMs
  if (damaged.length === 0) {
    expect(stored.damaged).toEqual([])
    expect(stored.states.lost).toEqual([])
    expect(foundMs).toBe(newestMs)
  } else if (!wasDamaged && damaged.length === 1 && damaged[0]?.startsWith('piece/') === true) {
    tally.damagedPieces += 1
    expect(stored.states.lost).toEqual([])
    expect(foundMs).toBe(newestMs)
  } else if (foundMs !== newestMs) {
    const fellBack = stored.metadata.seq !== undamaged?.metadata.seq
    expect(fellBack || stored.states.lost.length > 0).toBe(true)
  }
  return stored
}

async function play(commands: readonly Command[]): Promise<void> {
  let store = new RecordingStore()
  let life = new DriverLife(store, undefined)
  let timeMs = 0
  let wasDamaged = false
  for (const each of commands) {
    if (each.kind === 'batch') {
      timeMs += STEP_MS
      await life.batch(timeMs, each.half, each.waits)
    } else if (each.kind === 'lose executors') life.loseExecutors()
    else if (each.kind === 'fill') store.failures = each.writes
    else {
      const whole = store.past.at(-1 - Math.min(each.lost, store.past.length - 1)) ?? new Map()
      const left = damage(whole, each.damaged)
      const stored = recover(whole, left, wasDamaged)
      wasDamaged ||= each.damaged.length > 0
      store = new RecordingStore()
      if (stored !== undefined) store.past.push(left)
      life = new DriverLife(store, stored)
      // The batch of the checkpoint runs again.
      timeMs = stored === undefined ? 0 : Math.max(0, stored.metadata.checkpointMs - STEP_MS)
    }
  }
}

test(
  `what is recovered is the newest state that was stored, after ${runs} histories of failures (seed ${seed})`,
  async () => {
    await fc.assert(fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 60, size: 'max' }), play), {
      numRuns: runs,
      seed,
    })
    if (runs < 1000) return
    for (const found of [tally.inPieces, tally.halfTold, tally.damagedPieces])
      expect(found).toBeGreaterThan(tally.recoveries / 500)
    process.stdout.write(`${JSON.stringify(tally)}\n`)
  },
  60_000 + runs * 50,
)
