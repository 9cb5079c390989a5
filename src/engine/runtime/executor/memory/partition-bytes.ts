import type { NumberedKeys } from '#engine/record/key-index.ts'
import type { Rdd } from '#engine/runtime/executor/rdds/rdd.ts'
import { StateColumns } from '#engine/runtime/executor/state/state-columns.ts'
import type { StateRecord } from '#engine/runtime/executor/state/state-record.ts'
import { type Held, PairColumns } from '#engine/runtime/executor/window/pair-columns.ts'
import { listBytes, meanBytes, recordBytes } from './record-bytes.ts'

/** Beside a key and a state of mapWithState: references to them, the time of the last touch, and a place in the index with its share of empty ones. */
const STATE_ENTRY = 28

/** A pair and the reference to it. */
const PAIR = 72

/** An entry of a Map with its share of empty ones. */
const MAP_ENTRY = 44

/** What a partition takes that is kept. */
export interface PartitionBytes {
  readonly bytes: number
  /** Records. */
  readonly length: number
  /** Keys that it shares with others, by their numbers. */
  readonly index: NumberedKeys | undefined
}

/** Estimates a partition from a few of its records. */
export function partitionBytes({ stream: { spec } }: Rdd, held: Held): PartitionBytes {
  const { length } = held
  if (held instanceof PairColumns) return { bytes: columnBytes(held), length, index: held.order.index }
  if (held instanceof StateColumns) return { bytes: stateBytes(held), length, index: undefined }
  if (spec.kind === 'mapWithState') return { bytes: mapBytes(stateRecordOf(held)), length, index: undefined }
  return { bytes: listBytes(held), length, index: undefined }
}

/** What is left of a partition once what came of it is kept as well: of a state, what became other. */
export function pastBytes(
  before: PartitionBytes,
  { stream: { spec }, edits }: Rdd,
  partition: number,
  held: Held,
): number {
  if (spec.kind === 'mapWithState' && !(held instanceof PairColumns) && !(held instanceof StateColumns))
    return Math.min(before.bytes, 64 * stateRecordOf(held).states.changed)
  const edit = edits.get(partition)
  if (spec.kind !== 'state' || edit === undefined || before.length === 0) return before.bytes
  const lost = before.length - (held.length - edit.changes)
  return (before.bytes * Math.max(0, lost)) / before.length
}

function stateRecordOf(held: readonly unknown[]): StateRecord {
  return held[0] as StateRecord // the only record of a partition of mapWithState
}

function columnBytes(columns: PairColumns): number {
  const { length, values } = columns
  const each = values instanceof Float64Array ? 8 : 8 + meanBytes(length, (at) => recordBytes(columns.valueAt(at)))
  return values.length * each + 4 * length
}

function stateBytes(state: StateColumns): number {
  const { length, keys, states } = state
  const each = meanBytes(length, (at) => recordBytes(keys[at]) + recordBytes(states[at]))
  return length * (each + 20 + (state.hasPairs ? PAIR : 0))
}

function mapBytes({ states, mapped }: StateRecord): number {
  return states.size * (STATE_ENTRY + states.entryBytes(recordBytes)) + listBytes(mapped)
}

/** What the keys of an index take. */
export function indexBytes(index: NumberedKeys): number {
  return index.capacity * (MAP_ENTRY + 12 + meanBytes(index.capacity, (id) => recordBytes(index.keyOf(id))))
}
