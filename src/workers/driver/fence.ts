import type { IDBPObjectStore } from 'idb'

// Who may write the checkpoint of a pipeline is a token in the same database. A tab that takes a pipeline over puts a new token there; whoever
// still holds an older one finds, in the transaction of its own next write, that it may no longer.

/** The object store of the tokens: pipeline id → token. */
export const FENCES = 'fences'

export const FENCED_OUT = 'another tab has taken this pipeline over'

/** A write by somebody whose token is no longer the pipeline's. */
export class FencedOut extends Error {
  constructor() {
    super(FENCED_OUT)
    this.name = 'FencedOut'
  }
}

/** The part of an object store that is needed here. Any transaction that writes a checkpoint must include it. */
type Fences = Pick<IDBPObjectStore<unknown, ['fences'], 'fences', 'readonly'>, 'get'>

/** To be awaited in a writing transaction before anything is written.
 *  Fails: rejects with FencedOut */
export async function passFence(fences: Fences, pipelineId: string, token: string): Promise<void> {
  if ((await fences.get(pipelineId)) !== token) throw new FencedOut()
}

/** A token that nobody had before. */
export function freshToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
