import type { KeyForm } from '#engine/record/key-form.ts'
import { keyForm } from '#engine/record/key-form.ts'
import { type StateEntry, StateMap } from './state-map.ts'

/** The only record of a partition of mapWithState's hidden stream.
 *  Source: MapWithStateRDDRecord */
export interface StateRecord {
  readonly states: StateMap
  /** What the function emitted in this batch. */
  readonly mapped: readonly unknown[]
}

/** An entry as records may be. */
type StoredEntry = readonly [key: unknown, state: unknown, timeMs: number]

/** The states of a record as records may be. */
export function storeStates({ states }: StateRecord): readonly StoredEntry[] {
  return states.getAll().map(stored)
}

/** What became other than in the record before; keys that are gone by their forms. */
export function storeChanges({ states }: StateRecord): {
  readonly entries: readonly StoredEntry[]
  readonly removed: readonly KeyForm[]
} {
  const { entries, removed } = states.changes()
  return { entries: entries.map(stored), removed }
}

/** The record of stored states and the changes since, oldest first. */
export function restoreStateRecord(
  whole: readonly unknown[],
  changes: readonly { readonly entries: readonly unknown[]; readonly removed: readonly unknown[] }[],
  mapped: readonly unknown[],
): StateRecord {
  const entries = new Map<KeyForm, StateEntry>()
  const put = (each: unknown): void => {
    const [key, state, timeMs] = each as StoredEntry // `stored` made it
    entries.set(keyForm(key), { key, state, timeMs })
  }
  for (const each of whole) put(each)
  for (const change of changes) {
    for (const form of change.removed) entries.delete(form as KeyForm) // storeChanges made it
    for (const each of change.entries) put(each)
  }
  return { states: new StateMap(undefined, entries), mapped }
}

function stored({ key, state, timeMs }: StateEntry): StoredEntry {
  return [key, state, timeMs]
}
