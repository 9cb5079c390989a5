import * as v from 'valibot'
import { invariant } from '#engine/model/invariant.ts'
import type { StreamKind } from '#engine/operator/stream-spec.ts'
import { printTaggedList } from '#engine/record/print-tagged-list.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import type { Records } from '#engine/runtime/executor/rdds/rdd.ts'
import type { SavedPartition } from '#engine/runtime/wire.ts'
import { applyEdit, type PartitionEdit } from './partition-edit.ts'
import { restoreStateRecord, type StateRecord, storeChanges, storeStates } from './state-record.ts'

// The texts that a checkpoint keeps of one partition. `whole` says all of it, an `edit` what is other than in the RDD before. Of mapWithState they
// hold the states alone: what the function emitted stands beside, where it is kept at all.

/** The whole partition as text.
 *  Fails: RecordError */
export function printWhole(kind: StreamKind, records: Records): string {
  return printTaggedList(kind === 'mapWithState' ? storeStates(recordOf(records)) : records)
}

/** What became of the partition before, as text; undefined when that says more than the whole would.
 *  Fails: RecordError */
export function printEdit(kind: StreamKind, records: Records, edit: PartitionEdit | undefined): string | undefined {
  if (kind === 'mapWithState') {
    const record = recordOf(records)
    if (record.states.changed * MOST > record.states.size) return undefined
    const { entries, removed } = storeChanges(record)
    return `{"entries":${printTaggedList(entries)},"removed":${printTaggedList(removed)}}`
  }
  if (edit === undefined || edit.size * MOST > records.length) return undefined
  return `{"steps":${JSON.stringify(edit.steps())},"records":${printTaggedList(edit.addedOf(records))}}`
}

/** An edit that concerns more than one record in so many is worth no more than the whole. */
const MOST = 2

/** What mapWithState emitted, as text.
 *  Fails: RecordError */
export function printMapped(records: Records): string {
  return printTaggedList(recordOf(records).mapped)
}

/** Keys that a partition holds. */
export function keysOf(kind: StreamKind, records: Records): number {
  return kind === 'mapWithState' ? recordOf(records).states.size : records.length
}

const list = v.array(v.unknown())
const recordsEdit = v.object({ steps: v.array(v.number()), records: list })
const statesEdit = v.object({ entries: list, removed: list })

/** The records of a partition from its texts.
 *  Fails: throws when they are none */
export function restorePartition(kind: StreamKind, { texts, mapped }: SavedPartition): Records {
  const [first, ...later] = texts
  invariant(first !== undefined, 'a saved partition begins with a whole')
  const whole = listOf(first)
  if (kind !== 'mapWithState') {
    return later.reduce<Records>((records, text) => {
      const { steps, records: added } = v.parse(recordsEdit, JSON.parse(text))
      return applyEdit(records, steps, decodedList(added))
    }, whole)
  }
  const changes = later.map((text) => {
    const { entries, removed } = v.parse(statesEdit, JSON.parse(text))
    return { entries: decodedList(entries), removed: decodedList(removed) }
  })
  return [restoreStateRecord(whole, changes, mapped === undefined ? [] : listOf(mapped))]
}

function listOf(text: string): readonly unknown[] {
  return decodedList(JSON.parse(text))
}

function decodedList(json: unknown): readonly unknown[] {
  const records = decodeTagged(json)
  invariant(Array.isArray(records), 'records are a list')
  return records
}

function recordOf(records: Records): StateRecord {
  return records[0] as StateRecord // the only record of a partition of this kind
}
