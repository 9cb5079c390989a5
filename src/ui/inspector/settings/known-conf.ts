import { confParsers } from '#engine/compile/conf.ts'
import { type ConfEntry, supportedConf } from '#engine/compile/supported-conf.ts'

const byKey: ReadonlyMap<string, ConfEntry> = new Map(supportedConf.map((entry) => [entry.key, entry]))

/** Keys that a run in this browser reads; all others are kept in the document for a cluster. */
export const knownKeys: readonly string[] = supportedConf.map((entry) => entry.key)

export function findConf(key: string): ConfEntry | undefined {
  return byKey.get(key)
}

/** What a key starts with when a person adds it: its default, or nothing where that follows from something else. */
export function firstValue(key: string): string {
  const entry = byKey.get(key)
  return entry !== undefined && confParsers[entry.type](entry.default) !== undefined ? entry.default : ''
}
