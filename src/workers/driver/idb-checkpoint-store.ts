import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { CheckpointStep, CheckpointStore } from '#engine/checkpoint/checkpoint-store.ts'

// The checkpoints of all pipelines lie in one database, an entry under [pipeline id, key].

type EntryKey = [pipelineId: string, key: string]

interface CheckpointSchema extends DBSchema {
  entries: { key: EntryKey; value: string }
}

const DATABASE = 'sluice-checkpoints'

let opened: Promise<IDBPDatabase<CheckpointSchema>> | undefined

/** The checkpoint directory of one pipeline in this browser's IndexedDB. Each step is one transaction, with relaxed durability: it
 *  outlives the tab and the browser's process, but a power failure may take the last seconds with it.
 *  Fails: a write that does not fit rejects with a message for the user */
export async function openIdbCheckpointStore(pipelineId: string): Promise<CheckpointStore> {
  await database()
  return {
    read: async () => {
      const { store } = (await database()).transaction('entries')
      const [keys, values] = await Promise.all([store.getAllKeys(allOf(pipelineId)), store.getAll(allOf(pipelineId))])
      // Both come in the order of the keys; a position has a value when it has a key.
      return new Map(keys.map(([, key], index) => [key, values[index] ?? '']))
    },
    write: (step) => writeStep(pipelineId, step),
    clear: () => deleteCheckpoint(pipelineId),
  }
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

/** Removes the checkpoint of a pipeline, if it has one. */
export async function deleteCheckpoint(pipelineId: string): Promise<void> {
  await (await database()).delete('entries', allOf(pipelineId))
}

async function writeStep(pipelineId: string, { put, remove }: CheckpointStep): Promise<void> {
  try {
    const { store, done } = (await database()).transaction('entries', 'readwrite', { durability: 'relaxed' })
    const requests: Promise<unknown>[] = remove.map((key) => store.delete([pipelineId, key]))
    for (const [key, value] of put) requests.push(store.put(value, [pipelineId, key]))
    // When the transaction is aborted its requests say only that, while the transaction says why.
    await Promise.all([done, Promise.allSettled(requests)])
  } catch (error) {
    throw new Error(explain(error), { cause: error })
  }
}

function explain(error: unknown): string {
  const name = error instanceof Error ? error.name : ''
  if (name === 'QuotaExceededError')
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
  opened ??= openDB<CheckpointSchema>(DATABASE, 1, {
    upgrade: (fresh) => void fresh.createObjectStore('entries'),
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
