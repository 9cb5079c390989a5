import * as v from 'valibot'
import type { Allocations, ReceivedBlock } from '#engine/runtime/driver/receivers/block-tracker.ts'
import { readBlockLog } from './block-log.ts'
import { readFigureLog, type StoredFigures } from './figure-log.ts'
import { type Metadata, parseMetadata } from './metadata.ts'

// Names and forms of the entries of a checkpoint directory.

/** Two places in turn, so that one of them stays whole whatever happens. */
export const metadataKey = (seq: number): string => `metadata/${seq % 2}`
/** `stream` is its key, see stream-keys.ts. */
export const snapshotKey = (stream: string, timeMs: number): string => `snapshot/${stream}/${timeMs}`

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const snapshotForm = v.object({
  partitions: v.array(v.pipe(v.string(), v.check(isList))),
  partitioner: v.optional(whole),
})

/** The records of a checkpointed RDD. */
export interface Snapshot {
  /** One tagged array per partition. */
  readonly partitions: readonly string[]
  /** Hash partitions, when each pair lies in its key's. */
  readonly partitioner: number | undefined
}

export function printSnapshot({ partitions, partitioner }: Snapshot): string {
  return JSON.stringify({ partitions, partitioner })
}

/** What a directory holds that can be read. */
export interface StoredRun {
  readonly metadata: Metadata
  /** By stream key: batch time → partitions. Only those that the metadata names. */
  readonly snapshots: readonly ({ readonly stream: string; readonly timeMs: number } & Snapshot)[]
  /** In order of arrival; see block-log.ts. */
  readonly blocks: readonly ReceivedBlock[]
  readonly allocations: Allocations
  /** Of charts and counters, oldest first. */
  readonly figures: readonly StoredFigures[]
  /** What was there and could not be read. */
  readonly damaged: readonly string[]
}

/** Reads a directory: the newest metadata that can be read, with its data. Undefined when there is none.
 *  Source: CheckpointReader.read; dstream-semantics §11.6 */
export function readStoredRun(entries: ReadonlyMap<string, string>): StoredRun | undefined {
  const damaged: string[] = []
  const candidates = [...entries]
    .filter(([key]) => key.startsWith('metadata/'))
    .flatMap(([key, text]) => {
      const parsed = parseMetadata(text)
      if (!parsed.ok) damaged.push(key)
      return parsed.ok ? [parsed.value] : []
    })
  const [metadata] = candidates.sort((a, b) => b.seq - a.seq)
  if (metadata === undefined) return undefined
  const snapshots = metadata.snapshots.flatMap(([stream, timeMs]) => {
    const stored = parseEntry(snapshotForm, entries.get(snapshotKey(stream, timeMs)))
    if (stored === undefined) damaged.push(snapshotKey(stream, timeMs))
    return stored === undefined
      ? []
      : [{ stream, timeMs, partitions: stored.partitions, partitioner: stored.partitioner }]
  })
  const { blocks, allocations, damaged: unreadable } = readBlockLog(entries)
  const { figures, damaged: lost } = readFigureLog(entries, metadata.figures)
  return { metadata, snapshots, blocks, allocations, figures, damaged: [...damaged, ...unreadable, ...lost] }
}

/** Whether a text is a list, as the records of a partition are: half a state must not count as one. */
function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text))
  } catch {
    return false
  }
}

function parseEntry<T>(form: v.GenericSchema<unknown, T>, text: string | undefined): T | undefined {
  if (text === undefined) return undefined
  try {
    const parsed = v.safeParse(form, JSON.parse(text))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
