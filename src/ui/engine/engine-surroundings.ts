import type { DocumentStore } from '#ui/state/document-store.ts'
import type { RunStore } from '#ui/state/run-store.ts'
import type { SessionStore } from '#ui/state/session-store.ts'
import type { DriverWorker } from './driver-link.ts'
import type { OpenExecutors } from './executors.ts'
import type { Neighbours } from './neighbours.ts'
import type { RunMemory } from './run-memory.ts'

/** What the engine client works with. */
export interface EngineSurroundings {
  readonly document: DocumentStore
  readonly session: SessionStore
  readonly run: RunStore
  readonly memory: RunMemory
  readonly openDriver: () => DriverWorker
  readonly openExecutors: OpenExecutors
  /** What `local[*]` stands for. */
  readonly machineCores: number
  readonly neighbours?: Neighbours
}
