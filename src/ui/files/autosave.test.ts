import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { createDocumentStore } from '#ui/state/document-store.ts'
import { Autosave, VERSION_EVERY_MS } from './autosave.ts'
import type { Library } from './library.ts'
import { createMemoryLibrary } from './memory-library.ts'

const parsed = parsePipeline({
  format: 'sluice/1',
  name: 'First',
  settings: { batchMs: 1000, master: 'local[2]' },
  nodes: [],
  edges: [],
})
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
const pipeline = parsed.value

async function openSaved(library: Library) {
  const store = createDocumentStore({ id: 'd1', pipeline, origin: 'own' })
  const text = printPipeline(pipeline)
  await library.saveDocument({
    id: 'd1',
    name: 'First',
    text,
    origin: 'own',
    edited: false,
    openedAtMs: 1,
    savedAtMs: 1,
  })
  const autosave = new Autosave(library, store, (error) => {
    throw error
  })
  autosave.start()
  return { store, autosave, rename: (name: string) => store.getState().edit({ kind: 'setName', name }) }
}

describe('autosave', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('saves after a moment of quiet, without being asked', async () => {
    const library = createMemoryLibrary()
    const { store, rename } = await openSaved(library)
    rename('Second')
    await vi.advanceTimersByTimeAsync(1000)
    expect((await library.findDocument('d1'))?.name).toBe('Second')
    expect((await library.findDocument('d1'))?.edited).toBe(true)
    expect(store.getState().savedAtMs).toBeGreaterThan(0)
  })

  it('saves at once when the page goes', async () => {
    const library = createMemoryLibrary()
    const { autosave, rename } = await openSaved(library)
    rename('Second')
    autosave.flushAtEnd()
    expect((await library.findDocument('d1'))?.name).toBe('Second')
  })

  it('keeps the state before the first change of a while, not every keystroke', async () => {
    const library = createMemoryLibrary()
    const { autosave, rename } = await openSaved(library)
    for (const name of ['A', 'Ab', 'Abc']) {
      rename(name)
      await autosave.flush()
    }
    expect((await library.versions('d1')).map((version) => version.name)).toEqual(['First'])
    await vi.advanceTimersByTimeAsync(VERSION_EVERY_MS)
    rename('Later')
    await autosave.flush()
    expect((await library.versions('d1')).map((version) => version.name)).toEqual(['Abc', 'First'])
  })

  it('does not save a document under the name of the next one', async () => {
    const library = createMemoryLibrary()
    const { store, autosave, rename } = await openSaved(library)
    rename('Second')
    store.getState().open({ id: 'd2', pipeline, origin: 'own' })
    await autosave.flush()
    expect((await library.findDocument('d1'))?.name).toBe('Second')
    expect(await library.findDocument('d2')).toBeUndefined()
  })
})
