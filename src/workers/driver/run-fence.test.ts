import 'fake-indexeddb/auto'
import { deleteDB, openDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckpointStep } from '#engine/checkpoint/checkpoint-store.ts'
import { MemoryOutputFiles } from '#engine/runtime/driver/files/memory-output-files.ts'
import { FencedOut } from './fence.ts'
import {
  claimCheckpoint,
  deleteCheckpoint,
  forgetPipeline,
  holdsFence,
  openIdbCheckpointStore,
} from './idb-checkpoint-store.ts'
import { announceClaim, RunFence } from './run-fence.ts'

beforeEach(() => deleteDB('sluice-checkpoints'))

const opened: RunFence[] = []
afterEach(() => {
  for (const fence of opened.splice(0)) fence.close()
})

/** A driver of one tab, as far as storing goes. */
async function open(pipelineId: string) {
  const token = await claimCheckpoint(pipelineId)
  const onLost = vi.fn()
  const fence = new RunFence(pipelineId, token, onLost)
  opened.push(fence)
  return { token, fence, onLost, store: fence.guardStore(await openIdbCheckpointStore(pipelineId, token)) }
}

function put(text: string): CheckpointStep {
  return { put: new Map([['metadata/0', text]]), remove: [] }
}

const stored = async (pipelineId: string) => (await openIdbCheckpointStore(pipelineId)).read()

describe('a fence', () => {
  it('lets its holder write, and nobody else from the moment of another claim', async () => {
    const old = await open('p')
    await old.store.write(put('old'))
    const newer = await open('p')
    await expect(old.store.write(put('zombie'))).rejects.toBeInstanceOf(FencedOut)
    await expect(old.store.clear()).rejects.toBeInstanceOf(FencedOut)
    expect(await stored('p')).toEqual(new Map([['metadata/0', 'old']]))
    await newer.store.write(put('new'))
    await expect(old.store.write(put('zombie'))).rejects.toBeInstanceOf(FencedOut)
    expect(await stored('p')).toEqual(new Map([['metadata/0', 'new']]))
    expect(old.onLost).toHaveBeenCalledTimes(1)
    expect(newer.onLost).not.toHaveBeenCalled()
  })

  it('is checked in the transaction of the write: no claim comes between', async () => {
    const old = await open('p')
    // Asked for in one breath: the database serves them in this order, and each as a whole.
    const before = old.store.write(put('in time'))
    const claim = claimCheckpoint('p')
    const after = old.store.write(put('too late'))
    await before
    await expect(after).rejects.toBeInstanceOf(FencedOut)
    expect(await holdsFence('p', await claim)).toBe(true)
    expect(await stored('p')).toEqual(new Map([['metadata/0', 'in time']]))
  })

  it('holds for one pipeline only', async () => {
    const a = await open('a')
    const b = await open('b')
    await a.store.write(put('a'))
    await b.store.write(put('b'))
    expect([await stored('a'), await stored('b')]).toEqual([
      new Map([['metadata/0', 'a']]),
      new Map([['metadata/0', 'b']]),
    ])
  })

  it('outlives the checkpoint, but not the pipeline', async () => {
    const { store, onLost } = await open('p')
    await deleteCheckpoint('p')
    await store.write(put('again'))
    await forgetPipeline('p')
    await expect(store.write(put('zombie'))).rejects.toBeInstanceOf(FencedOut)
    expect(onLost).toHaveBeenCalledTimes(1)
    expect(await stored('p')).toEqual(new Map())
  })

  it('tells a driver that writes nothing, too', async () => {
    const old = await open('p')
    announceClaim('other', 'token')
    announceClaim('p', old.token)
    const newer = await open('p')
    announceClaim('p', newer.token)
    await vi.waitFor(() => expect(old.onLost).toHaveBeenCalledTimes(1))
    expect(newer.onLost).not.toHaveBeenCalled()
  })

  it('keeps saved files as they are', async () => {
    const old = await open('p')
    const disk = new MemoryOutputFiles()
    const files = old.fence.guardFiles(disk)
    await files.save('counts-1000', [{ text: 'a', records: 1 }])
    await open('p')
    await expect(files.save('counts-2000', [{ text: 'b', records: 1 }])).rejects.toThrow('taken this pipeline over')
    expect([...disk.directories.keys()]).toEqual(['counts-1000'])
    expect(old.onLost).toHaveBeenCalledTimes(1)
  })

  it('comes to a database that was made before there were fences', async () => {
    await deleteDB('sluice-checkpoints')
    const old = await openDB('sluice-checkpoints', 1, {
      upgrade: (fresh) => void fresh.createObjectStore('entries'),
      blocking: (_version, _newer, event) => (event.target as IDBDatabase).close(), // a cast: as idb documents it
    })
    await old.put('entries', 'text', ['p', 'metadata/0'])
    const { store } = await open('p')
    expect(await stored('p')).toEqual(new Map([['metadata/0', 'text']]))
    await store.write(put('newer'))
    expect(await stored('p')).toEqual(new Map([['metadata/0', 'newer']]))
  })
})
