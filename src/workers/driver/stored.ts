import { fitPartitions } from '#engine/checkpoint/carry-over.ts'
import { newestMetadata, newestState, reportCheckpoints } from '#engine/runtime/driver/faults/checkpoint-contents.ts'
import { exportRun, importRun, measureStorage, readRun, remains } from './run-files.ts'
import { compareCheckpoint, readSaved, settle } from './saved-run.ts'

/** All that deals with stored runs, as load-stored.ts loads it. */
export const stored = {
  fitPartitions,
  newestMetadata,
  newestState,
  reportCheckpoints,
  exportRun,
  remains,
  importRun,
  measureStorage,
  readRun,
  compareCheckpoint,
  readSaved,
  settle,
}
