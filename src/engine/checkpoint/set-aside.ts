import type { CheckpointStore } from './checkpoint-store.ts'
import { holdsRun, readStoredRun } from './entries.ts'

/** Before the name of an entry that is of no use to any run, and kept for whoever wants to look into it. */
const ASIDE = 'damaged/'

/** Whether an entry was set aside. */
export function isSetAside(key: string): boolean {
  return key.startsWith(ASIDE)
}

/** What was set aside of a damaged run, by the names it had, as a text for whoever looks into it; undefined when there is none. */
export function printRemains(entries: ReadonlyMap<string, string>, savedAtMs: number): string | undefined {
  const remains = [...entries].flatMap(([key, text]) => (isSetAside(key) ? [[key.slice(ASIDE.length), text]] : []))
  return remains.length === 0
    ? undefined
    : JSON.stringify({ format: 'sluice-remains', version: 1, savedAtMs, entries: remains })
}

/** Empties a directory for a run that begins anew. Of a run that is damaged everything is set aside, in place of what was before: no run reads it, and it goes with
 *  the directory. Gives whether anything was.
 *  Fails: rejects when the store cannot be written; it is then as before */
export async function beginAnew(store: CheckpointStore): Promise<boolean> {
  const entries = await store.read()
  const own = [...entries].filter(([key]) => !isSetAside(key))
  const isDamaged = holdsRun(entries) && isOfNoUse(entries)
  const put = new Map(isDamaged ? own.map(([key, text]) => [`${ASIDE}${key}`, text] as const) : [])
  const before = isDamaged ? [...entries.keys()].filter(isSetAside) : []
  await store.write({ put, remove: [...before, ...own.map(([key]) => key)] })
  return isDamaged
}

function isOfNoUse(entries: ReadonlyMap<string, string>): boolean {
  const stored = readStoredRun(entries)
  return stored === undefined || stored.states.lost.length > 0
}
