import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb'
import type { CheckpointStep, CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'
import { FENCES, FencedOut, freshToken, passFence } from './fence.ts'

// The checkpoints of all pipelines lie in one database, an entry under [pipeline id, key], and beside them who may write them.

type EntryKey = [pipelineId: string, key: string]

interface CheckpointSchema extends DBSchema {
  entries: { key: EntryKey; value: string }
  fences: { key: string; value: string }
}

const DATABASE = 'sluice-checkpoints'

let opened: Promise<IDBPDatabase<CheckpointSchema>> | undefined

/** The checkpoint directory of one pipeline in this browser's IndexedDB. Each step is one transaction, with relaxed durability: it
 *  outlives the tab and the browser's process, but a power failure may take the last seconds with it.
 *  Only the holder of the pipeline's newest `fence` can write; without one nobody can.
 *  Fails: a write that does not fit rejects with a message for the user, one after another tab's claim with FencedOut */
export async function openIdbCheckpointStore(pipelineId: string, fence?: string): Promise<CheckpointStore> {
  await database()
  return {
    read: async () => {
      const { store } = (await database()).transaction('entries')
      const [keys, values] = await Promise.all([store.getAllKeys(allOf(pipelineId)), store.getAll(allOf(pipelineId))])
      // Both come in the order of the keys; a position has a value when it has a key.
      return new Map(keys.map(([, key], index) => [key, values[index] ?? '']))
    },
    write: (step) => writeStep(pipelineId, fence, step),
    clear: () => clearFenced(pipelineId, fence),
  }
}

/** From now on only the holder of the token that this gives can write the pipeline's checkpoint.
 *  Fails: rejects with a message for the user */
export async function claimCheckpoint(pipelineId: string): Promise<string> {
  const token = freshToken()
  try {
    await (await database()).put(FENCES, token, pipelineId)
    return token
  } catch (error) {
    throw new Error(explain(error), { cause: error })
  }
}

/** The pipeline's token, if it was ever claimed. */
export async function findClaim(pipelineId: string): Promise<string | undefined> {
  return (await database()).get(FENCES, pipelineId)
}

/** Whether a token is still the pipeline's. */
export async function holdsFence(pipelineId: string, fence: string): Promise<boolean> {
  return (await (await database()).get(FENCES, pipelineId)) === fence
}

/** Forgets the pipeline altogether; whoever still runs it can store nothing more. */
export async function forgetPipeline(pipelineId: string): Promise<void> {
  const transaction = (await database()).transaction(['entries', FENCES], 'readwrite')
  const removed = [
    transaction.objectStore('entries').delete(allOf(pipelineId)),
    transaction.objectStore(FENCES).delete(pipelineId),
  ]
  await Promise.all([transaction.done, ...removed])
}

/** Ids of the pipelines that have a checkpoint in this browser, sorted. */
export async function listCheckpointedPipelines(): Promise<readonly string[]> {
  const { store } = (await database()).transaction('entries')
  const ids: string[] = []
  let cursor = await store.openKeyCursor()
  while (cursor !== null) {
    const [pipelineId] = cursor.key
    ids.push(pipelineId)
    cursor = await store.openKeyCursor(behind(pipelineId))
  }
  return ids
}

/** Removes the checkpoint of a pipeline, if it has one. Whoever may write it still may. */
export async function deleteCheckpoint(pipelineId: string): Promise<void> {
  await (await database()).delete('entries', allOf(pipelineId))
}

/** Removes some entries of a pipeline; whoever may write it still may. */
export async function deleteEntries(pipelineId: string, keys: readonly string[]): Promise<void> {
  const { store, done } = (await database()).transaction('entries', 'readwrite')
  await Promise.all([done, ...keys.map((key) => store.delete([pipelineId, key]))])
}

async function writeStep(
  pipelineId: string,
  fence: string | undefined,
  { put, remove }: CheckpointStep,
): Promise<void> {
  await fenced(pipelineId, fence, (store) => {
    const requests: Promise<unknown>[] = remove.map((key) => store.delete([pipelineId, key]))
    for (const [key, value] of put) requests.push(store.put(value, [pipelineId, key]))
    return requests
  })
}

async function clearFenced(pipelineId: string, fence: string | undefined): Promise<void> {
  await fenced(pipelineId, fence, (store) => [store.delete(allOf(pipelineId))])
}

type WritableEntries = IDBPObjectStore<CheckpointSchema, ('entries' | 'fences')[], 'entries', 'readwrite'>

/** What `ask` asks of the entries, in one transaction that begins with the check of the fence. */
async function fenced(
  pipelineId: string,
  fence: string | undefined,
  ask: (store: WritableEntries) => Promise<unknown>[],
): Promise<void> {
  try {
    if (fence === undefined) throw new FencedOut()
    const transaction = (await database()).transaction(['entries', FENCES], 'readwrite', { durability: 'relaxed' })
    // Whoever awaits it below hears why.
    transaction.done.catch(() => {})
    await passFence(transaction.objectStore(FENCES), pipelineId, fence)
    const requests = ask(transaction.objectStore('entries'))
    // When the transaction is aborted its requests say only that, while the transaction says why.
    await Promise.all([transaction.done, Promise.allSettled(requests)])
  } catch (error) {
    if (error instanceof FencedOut) throw error
    throw new Error(explain(error), { cause: error })
  }
}

function explain(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' }
  // A disk that is full before the browser's quota is shows only in the words of Chromium's database.
  if (name === 'QuotaExceededError' || message.includes('NO_SPACE'))
    return 'this browser has no room left for the checkpoint: delete pipelines or checkpoints that you no longer need, or free disk space'
  return `this browser refused to store the checkpoint: ${error instanceof Error ? error.message : String(error)}`
}

/** Every entry of a pipeline: an array sorts behind every text. */
function allOf(pipelineId: string): IDBKeyRange {
  return IDBKeyRange.bound([pipelineId], [pipelineId, []])
}

/** Every entry of the pipelines that sort behind this one. */
function behind(pipelineId: string): IDBKeyRange {
  return IDBKeyRange.lowerBound([pipelineId, []])
}

/** One connection for all stores, opened again after the browser has closed it. */
function database(): Promise<IDBPDatabase<CheckpointSchema>> {
  opened ??= openDB<CheckpointSchema>(DATABASE, 2, {
    upgrade: (fresh, before) => {
      if (before < 1) fresh.createObjectStore('entries')
      if (before < 2) fresh.createObjectStore(FENCES)
    },
    blocking: (_version, _newer, event) => {
      opened = undefined
      // A newer page wants to change or delete the database: idb hands over the connection as the event's target.
      ;(event.target as IDBDatabase).close()
    },
    terminated: () => {
      opened = undefined
    },
  }).catch((error: unknown) => {
    opened = undefined
    throw new Error(explain(error), { cause: error })
  })
  return opened
}
