import * as v from 'valibot'
import { invariant } from '#engine/model/invariant.ts'
import type { StreamKind } from '#engine/operator/stream-spec.ts'
import { printTaggedList } from '#engine/record/print-tagged-list.ts'
import { isPair } from '#engine/runtime/executor/compute/kernel.ts'
import type { Records } from '#engine/runtime/executor/rdds/rdd.ts'
import type { Held } from '#engine/runtime/executor/window/pair-columns.ts'
import type { SavedPartition } from '#engine/runtime/wire.ts'
import { applyEdit, type PartitionEdit } from './partition-edit.ts'
import { decodedList, printColumns } from './saved-columns.ts'
import { printStateChanges, printStates, restoreStateRecord, type StateRecord } from './state-record.ts'

// The texts that a checkpoint keeps of one partition. `whole` says all of it, an `edit` what is other than in the RDD before. Of mapWithState they
// hold the states alone: what the function emitted stands beside, where it is kept at all. Pairs are written in columns.

/** Streams whose records are pairs and go on from those before. */
const ofPairs: readonly StreamKind[] = ['state', 'reducedWindow']

/** The whole partition as text.
 *  Fails: RecordError */
export function printWhole(kind: StreamKind, held: Held): string {
  if (kind === 'mapWithState') return printStates(recordOf(held))
  return ofPairs.includes(kind) ? printPairs(held.slice(0)) : printTaggedList(held.slice(0))
}

/** Some of the pairs of a partition as text that reads as that of a partition of these alone.
 *  Fails: RecordError */
export function printPairs(records: Records): string {
  const pairs = records as readonly (readonly [unknown, unknown])[] // callers know
  const columns = { keys: pairs.map(([key]) => key), states: pairs.map(([, state]) => state) }
  return printColumns(columns, {}, () => records)
}

/** What became of the partition before, as text; undefined when that says more than the whole would.
 *  Fails: RecordError */
export function printEdit(kind: StreamKind, held: Held, edit: PartitionEdit | undefined): string | undefined {
  if (kind === 'mapWithState') {
    const record = recordOf(held)
    return record.states.changed * MOST > record.states.size ? undefined : printStateChanges(record)
  }
  if (edit === undefined || edit.size * MOST > held.length) return undefined
  const { keys, states } = edit.addedOf(held)
  return printColumns({ keys, states }, { steps: edit.steps() }, () => edit.changedOf(held))
}

/** An edit that concerns more than one record in so many is worth no more than the whole. */
const MOST = 2

/** What mapWithState emitted, as text.
 *  Fails: RecordError */
export function printMapped(held: Held): string {
  const { mapped } = recordOf(held)
  return mapped.every(isPair) ? printPairs(mapped) : printTaggedList(mapped)
}

/** Keys that a partition holds. */
export function keysOf(kind: StreamKind, held: Held): number {
  return kind === 'mapWithState' ? recordOf(held).states.size : held.length
}

const list = v.array(v.unknown())
const steps = v.array(v.number())
const pairsWhole = v.object({ keys: list, states: list })
const pairsEdit = v.object({ steps, keys: list, states: list })
/** How an edit was written before old keys took new states: runs of three numbers, and pairs. */
const recordsEdit = v.object({ steps, records: list })

/** The records of a partition from its texts.
 *  Fails: throws when they are none */
export function restorePartition(kind: StreamKind, { texts, pieces, mapped }: SavedPartition): Records {
  const wholes = wholesOf(texts.slice(0, pieces ?? 1), pieces !== undefined)
  const changes = texts.slice(pieces ?? 1)
  if (kind === 'mapWithState') {
    const emitted = mapped === undefined ? [] : restoreWhole(JSON.parse(mapped))
    return [restoreStateRecord(wholes, changes.map(parsed), emitted)]
  }
  const [first = [], ...more] = wholes.map(restoreWhole)
  const whole = more.length === 0 ? first : [first, ...more].flat()
  return changes.map(parsed).reduce<Records>(applySavedEdit, whole)
}

const parsed = (text: string): unknown => JSON.parse(text)

/** A piece has as many lines as it was printed in runs. */
function wholesOf(texts: readonly string[], isInPieces: boolean): readonly unknown[] {
  invariant(texts.length > 0, 'a saved partition begins with a whole')
  if (!isInPieces) return texts.map(parsed)
  return texts.flatMap((text) => text.split('\n').filter((line) => line !== '')).map(parsed)
}

function restoreWhole(json: unknown): Records {
  if (Array.isArray(json)) return decodedList(json)
  const columns = v.parse(pairsWhole, json)
  const states = decodedList(columns.states)
  return decodedList(columns.keys).map((key, at) => [key, states[at]])
}

function applySavedEdit(records: Records, json: unknown): Records {
  const old = v.safeParse(recordsEdit, json)
  if (!old.success) {
    const { steps, keys, states } = v.parse(pairsEdit, json)
    return applyEdit(records, steps, decodedList(keys), decodedList(states))
  }
  const pairs = decodedList(old.output.records) as readonly (readonly [unknown, unknown])[] // only pairs had edits
  const runs: number[] = []
  for (let at = 0; at < old.output.steps.length; at += 3) {
    const [skip = 0, take = 0, add = 0] = old.output.steps.slice(at, at + 3)
    runs.push(skip, take, 0, add)
  }
  return applyEdit(
    records,
    runs,
    pairs.map(([key]) => key),
    pairs.map(([, state]) => state),
  )
}

function recordOf(held: Held): StateRecord {
  return (held as Records)[0] as StateRecord // the only record of a partition of this kind, which is never kept by column
}
