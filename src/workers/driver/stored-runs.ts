import { readStoredRun } from '#engine/checkpoint/entries.ts'
import type { StoredCheckpoint } from '#protocol/driver-service.ts'
import { openIdbCheckpointStore } from './idb-checkpoint-store.ts'
import { loadStored } from './load-stored.ts'
import { sizeOf } from './size-of.ts'

// What the page asks of the runs that are stored, before it starts one.

const UNREADABLE =
  'The checkpoint of this pipeline cannot be read, neither the newest nor the one before: it will start afresh. What is left of it is set aside.'

/** What can be gone on with. `warn` hears of a checkpoint that is there and cannot be read. */
export async function findStoredCheckpoint(
  pipelineId: string,
  warn: (message: string) => void,
): Promise<StoredCheckpoint | undefined> {
  const entries = await (await openIdbCheckpointStore(pipelineId)).read()
  const stored = readStoredRun(entries)
  if (stored === undefined && entries.size > 0) warn(UNREADABLE)
  if (stored === undefined) return undefined
  // Whoever asks may want to go on with it.
  loadStored().catch(() => {})
  const { checkpointMs, savedAtMs, running, clock, machineCores } = stored.metadata
  const { kind, speed, paused } = clock
  return {
    pipelineId,
    checkpointMs,
    savedAtMs,
    running,
    clock: kind,
    speed,
    paused,
    machineCores,
    bytes: sizeOf(entries),
  }
}
