import { StateMap } from './state-map.ts'

/** The only record of a partition of mapWithState's hidden stream.
 *  Source: MapWithStateRDDRecord */
export interface StateRecord {
  readonly states: StateMap
  /** What the function emitted in this batch. */
  readonly mapped: readonly unknown[]
}

/** What a checkpoint keeps of a record, as records may be. */
export function storeStateRecord({ states, mapped }: StateRecord): unknown {
  return { entries: states.getAll().map(({ key, state, timeMs }) => [key, state, timeMs]), mapped }
}

export function restoreStateRecord(stored: unknown): StateRecord {
  const { entries, mapped } = stored as { entries: [unknown, unknown, number][]; mapped: unknown[] } // storeStateRecord made it
  const states = new StateMap()
  for (const [key, state, timeMs] of entries) states.put(key, state, timeMs)
  return { states, mapped }
}
