import type { PastIncidents } from '#engine/model/incident.ts'
import type { Allocations, ReceivedBlock } from '#engine/runtime/driver/receivers/block-tracker.ts'
import { readBlockLog } from './block-log.ts'
import { readFigureLog, type StoredFigures } from './figure-log.ts'
import { INCIDENTS_KEY, parseIncidents } from './incident-entry.ts'
import { type Metadata, type MetadataSlot, metadataKey, metadataSlots, parseMetadata } from './metadata.ts'
import { readStates, type StoredStates } from './read-states.ts'
import { openEntry } from './seal.ts'

// What the entries of a checkpoint directory are together: metadata, states, received blocks, figures. Each kind has a file of its own.

/** What a directory holds that can be read. */
export interface StoredRun {
  readonly metadata: Metadata
  /** Which of the two it is. */
  readonly slot: MetadataSlot
  /** Those that the metadata names, or what is left of them. */
  readonly states: StoredStates
  /** Every entry that holds states. */
  readonly stateKeys: readonly string[]
  /** In order of arrival; see block-log.ts. */
  readonly blocks: readonly ReceivedBlock[]
  readonly allocations: Allocations
  /** Of charts and counters, oldest first. */
  readonly figures: readonly StoredFigures[]
  readonly incidents: PastIncidents
  /** What was there and could not be read. */
  readonly damaged: readonly string[]
}

/** Reads a directory: the newest metadata that can be read, with its data. Undefined when there is none.
 *  Source: CheckpointReader.read; dstream-semantics §11.6 */
export function readStoredRun(stored: ReadonlyMap<string, string>): StoredRun | undefined {
  const { entries, damaged } = openEntries(stored)
  const candidates = metadataSlots.flatMap((slot) => {
    const text = entries.get(metadataKey(slot))
    const parsed = text === undefined ? undefined : parseMetadata(text)
    if (parsed?.ok === false) damaged.push(metadataKey(slot))
    return parsed?.ok === true ? [{ slot, metadata: parsed.value }] : []
  })
  const [newest] = candidates.sort((a, b) => b.metadata.seq - a.metadata.seq)
  if (newest === undefined) return undefined
  const { metadata, slot } = newest
  const states = readStates(entries, metadata.snapshots)
  const { blocks, allocations, damaged: unreadable } = readBlockLog(entries)
  const { figures, damaged: lost } = readFigureLog(entries, metadata.figures)
  const known = entries.get(INCIDENTS_KEY)
  const incidents = known === undefined ? undefined : parseIncidents(known)
  return {
    metadata,
    slot,
    states,
    stateKeys: [...stored.keys()].filter(isStateKey),
    blocks,
    allocations,
    figures,
    incidents: incidents?.ok === true ? incidents.value : { incidents: [], lost: [] },
    damaged: [
      ...damaged,
      ...states.damaged,
      ...unreadable,
      ...lost,
      ...(incidents?.ok === false ? [INCIDENTS_KEY] : []),
    ],
  }
}

/** Whether a directory holds a run at all, be it readable or not. */
export function holdsRun(stored: ReadonlyMap<string, string>): boolean {
  return [...stored.keys()].some((key) => key.startsWith('metadata/'))
}

const OWN = ['metadata/', 'block/', 'allocation/', 'figures/', 'incidents/', 'state/', 'snapshot/', 'piece/']

/** Whether an entry of this name belongs to a run. Others may lie beside it. */
export function isOwnKey(key: string): boolean {
  return OWN.some((prefix) => key.startsWith(prefix))
}

/** The bodies of the entries that are whole and of this format; of ours, those that are not. Foreign names are left alone. */
function openEntries(stored: ReadonlyMap<string, string>): { entries: Map<string, string>; damaged: string[] } {
  const entries = new Map<string, string>()
  const damaged: string[] = []
  for (const [key, text] of stored) {
    const body = openEntry(key, text)
    if (body.ok) entries.set(key, body.value)
    else if (isOwnKey(key)) damaged.push(key)
  }
  return { entries, damaged }
}

function isStateKey(key: string): boolean {
  return ['state/', 'snapshot/', 'piece/'].some((prefix) => key.startsWith(prefix))
}
