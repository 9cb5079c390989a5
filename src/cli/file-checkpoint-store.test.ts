import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CheckpointStep } from '#engine/checkpoint/checkpoint-store.ts'
import { openFileCheckpointStore } from './file-checkpoint-store.ts'

let dir = ''

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-checkpoint-'))
})
afterEach(() => rm(dir, { recursive: true }))

const steps: readonly CheckpointStep[] = [
  step({ metadata: '{"timeMs":1000}', 'state/1': 'ä\n"€"\uD800' }),
  step({ metadata: '{"timeMs":2000}' }),
  step({ 'state/2': '' }, ['state/1']),
  step({ metadata: '{"timeMs":3000}', 'state/3': '[["a",1]]' }, ['state/2']),
]

function step(put: Readonly<Record<string, string>>, remove: readonly string[] = []): CheckpointStep {
  return { put: new Map(Object.entries(put)), remove }
}

/** What a store holds after each number of steps. */
function states(): ReadonlyMap<string, string>[] {
  const states = [new Map<string, string>()]
  for (const { put, remove } of steps) {
    const next = new Map(states.at(-1))
    for (const key of remove) next.delete(key)
    for (const [key, value] of put) next.set(key, value)
    states.push(next)
  }
  return states
}

/** The journal of all steps, and its length after each of them. */
async function writeJournal(): Promise<{ readonly bytes: Buffer; readonly lengths: readonly number[] }> {
  const store = await openFileCheckpointStore(dir)
  const lengths = [0]
  for (const each of steps) {
    await store.write(each)
    lengths.push((await stat(join(dir, 'journal'))).size)
  }
  store.close()
  return { bytes: await readFile(join(dir, 'journal')), lengths }
}

async function reopen(journal: Buffer) {
  await writeFile(join(dir, 'journal'), journal)
  const warnings: string[] = []
  const store = await openFileCheckpointStore(dir, { onWarning: (message) => warnings.push(message) })
  return { store, entries: await store.read(), warnings }
}

describe('a file checkpoint store', () => {
  it('keeps every step for the next process', async () => {
    const { bytes } = await writeJournal()
    const { store, entries, warnings } = await reopen(bytes)
    expect(entries).toEqual(states().at(-1))
    expect(warnings).toEqual([])
    store.close()
  })

  it('holds nothing in a directory that is new', async () => {
    const store = await openFileCheckpointStore(join(dir, 'made', 'on', 'the', 'way'))
    expect(await store.read()).toEqual(new Map())
    store.close()
  })

  it('recovers the whole steps of a file cut off at any byte, and goes on behind them', async () => {
    const { bytes, lengths } = await writeJournal()
    const expected = states()
    for (let length = 0; length <= bytes.length; length++) {
      const whole = lengths.filter((end) => end <= length).length - 1
      const { store, entries, warnings } = await reopen(bytes.subarray(0, length))
      expect(entries, `cut at ${length}`).toEqual(expected[whole])
      expect(warnings).toHaveLength(length === lengths[whole] ? 0 : 1)
      await store.write(step({ after: 'the cut' }))
      store.close()
      const again = await openFileCheckpointStore(dir)
      expect(await again.read()).toEqual(new Map([...(expected[whole] ?? []), ['after', 'the cut']]))
      again.close()
    }
  })

  it('never reads a step with a changed byte, nor one behind it', async () => {
    const { bytes, lengths } = await writeJournal()
    const expected = states()
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 0x01
      const whole = lengths.filter((end) => end <= at).length - 1
      const { store, entries, warnings } = await reopen(changed)
      expect(entries, `changed at ${at}`).toEqual(expected[whole])
      expect(warnings).toHaveLength(1)
      store.close()
    }
  })

  it('says which file is torn and what is left of it', async () => {
    const { bytes } = await writeJournal()
    const { store, warnings } = await reopen(bytes.subarray(0, bytes.length - 3))
    expect(warnings[0]).toMatch(
      /journal: the last \d+ bytes are torn or corrupt; going on from the 3 steps before\. They are kept in journal\.damaged\.$/,
    )
    expect((await readFile(join(dir, 'journal.damaged'))).length).toBeGreaterThan(0)
    store.close()
  })

  it('stores steps in the order of the calls', async () => {
    const store = await openFileCheckpointStore(dir)
    const writes = Array.from({ length: 50 }, (_, i) => store.write(step({ newest: String(i) })))
    expect(await store.read()).toEqual(new Map([['newest', '49']]))
    await Promise.all(writes)
    store.close()
  })

  it('forgets everything when cleared', async () => {
    const store = await openFileCheckpointStore(dir)
    await store.write(step({ a: '1' }))
    await store.clear()
    await store.write(step({ b: '2' }))
    store.close()
    const again = await openFileCheckpointStore(dir)
    expect(await again.read()).toEqual(new Map([['b', '2']]))
    again.close()
  })

  it('stays small when the same keys are written over and over', async () => {
    const store = await openFileCheckpointStore(dir, { leastCompactedBytes: 2000 })
    for (let i = 0; i < 500; i++) await store.write(step({ state: String(i).padEnd(100, '.') }, [`gone/${i}`]))
    expect((await stat(join(dir, 'journal'))).size).toBeLessThan(2500)
    expect(await readdir(dir)).toEqual(['journal'])
    store.close()
    const again = await openFileCheckpointStore(dir)
    expect(await again.read()).toEqual(new Map([['state', '499'.padEnd(100, '.')]]))
    again.close()
  })

  it('drops a compaction that was killed before its end', async () => {
    const { bytes } = await writeJournal()
    await writeFile(join(dir, 'journal.new'), bytes.subarray(0, 20))
    const { store, entries } = await reopen(bytes)
    expect(entries).toEqual(states().at(-1))
    expect(await readdir(dir)).toEqual(['journal'])
    store.close()
  })
})
