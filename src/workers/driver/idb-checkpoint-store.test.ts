import 'fake-indexeddb/auto'
import { deleteDB } from 'idb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckpointStep } from '#engine/checkpoint/checkpoint-store.ts'
import {
  claimCheckpoint,
  deleteCheckpoint,
  listCheckpointedPipelines,
  openIdbCheckpointStore,
} from './idb-checkpoint-store.ts'

// Deleting the database also shows that the module's connection gives way and is opened again.
beforeEach(() => deleteDB('sluice-checkpoints'))
afterEach(() => vi.restoreAllMocks())

const openClaimed = async (id: string) => openIdbCheckpointStore(id, await claimCheckpoint(id))

function step(put: Readonly<Record<string, string>>, remove: readonly string[] = []): CheckpointStep {
  return { put: new Map(Object.entries(put)), remove }
}

describe('checkpoints in IndexedDB', () => {
  it('keep what steps put, without what they remove', async () => {
    const store = await openClaimed('p')
    expect(await store.read()).toEqual(new Map())
    await store.write(step({ a: '1', b: '', c: '3' }))
    await store.write(step({ a: '4', '': 'the empty key' }, ['c', 'unknown']))
    const again = await openClaimed('p')
    expect(await again.read()).toEqual(new Map(Object.entries({ '': 'the empty key', a: '4', b: '' })))
  })

  it('puts after removing, as the other stores do', async () => {
    const store = await openClaimed('p')
    await store.write(step({ a: '1' }, ['a']))
    expect(await store.read()).toEqual(new Map([['a', '1']]))
  })

  it('stores steps in the order of the calls', async () => {
    const store = await openClaimed('p')
    await Promise.all(Array.from({ length: 30 }, (_, i) => store.write(step({ newest: String(i) }))))
    expect(await store.read()).toEqual(new Map([['newest', '29']]))
  })

  it('keeps pipelines apart, whatever their ids', async () => {
    const ids = ['p', 'p/', 'p\uFFFF', 'pp', '', 'q']
    for (const id of ids) await (await openClaimed(id)).write(step({ who: id, '\uFFFF': id }))
    expect(await listCheckpointedPipelines()).toEqual([...ids].sort())
    await deleteCheckpoint('p')
    expect(await listCheckpointedPipelines()).toEqual(ids.filter((id) => id !== 'p').sort())
    for (const id of ids.filter((each) => each !== 'p')) {
      const store = await openClaimed(id)
      expect(await store.read()).toEqual(new Map(Object.entries({ who: id, '\uFFFF': id })))
      await store.clear()
    }
    expect(await listCheckpointedPipelines()).toEqual([])
  })

  it('says so when there is no room, and leaves the entries as before', async () => {
    const store = await openClaimed('p')
    await store.write(step({ a: '1', b: '2' }))
    const put = IDBObjectStore.prototype.put
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, value, key) {
      // As Chromium does it: the request is accepted, and the transaction is aborted later.
      if (value === 'too large') {
        const { transaction } = this
        vi.spyOn(transaction, 'error', 'get').mockReturnValue(new DOMException('no room', 'QuotaExceededError'))
        queueMicrotask(() => transaction.abort())
      }
      return put.call(this, value, key)
    })
    await expect(store.write(step({ a: 'new', c: 'too large' }, ['b']))).rejects.toThrow(
      /^this browser has no room left/,
    )
    expect(await store.read()).toEqual(new Map(Object.entries({ a: '1', b: '2' })))
    await store.write(step({ a: 'fits' }))
    expect(await store.read()).toEqual(new Map(Object.entries({ a: 'fits', b: '2' })))
  })
})
