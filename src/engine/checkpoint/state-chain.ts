import type { SavedPartition } from '#engine/runtime/wire.ts'
import { checksum } from './checksum.ts'
import type { StoredPart } from './state-entry.ts'

/** The state of one partition after one batch: whole, or by what became other since another one, or both. */
export interface Link {
  readonly timeMs: number
  /** The same for the same state that came about in the same way, so that no edit is ever applied to another state than its own. */
  readonly id: string
  readonly keys: number
  /** Cut where what lies before is forgotten. */
  since: Link | undefined
  readonly edit: string | undefined
  readonly whole: string | undefined
  readonly mapped: string | undefined
}

/** Edits that are worth no whole yet, in characters: a few puts that nobody feels. */
const LEAST_CHARS = 4096
/** Edits that a recovery applies one after another at most: each costs it little, and each is an entry of the store. */
const MOST_EDITS = 400

export const idOfWhole = (whole: string): string => `w${checksum(whole)}`
export const idOfEdit = (sinceId: string, edit: string): string => `e${checksum(`${sinceId} ${edit}`)}`

/** The texts from which a state is made again: its newest whole, then the edits since.
 *  Undefined when there is no whole. */
export function payloadOf(link: Link): SavedPartition | undefined {
  const texts: string[] = []
  for (let at: Link | undefined = link; at !== undefined; at = at.since) {
    texts.push(at.whole ?? at.edit ?? '')
    if (at.whole !== undefined)
      return { kind: 'saved', texts: texts.reverse(), ...(link.mapped === undefined ? {} : { mapped: link.mapped }) }
  }
  return undefined
}

/** Whether a state can be made again. */
export function hasWhole(link: Link): boolean {
  for (let at: Link | undefined = link; at !== undefined; at = at.since) if (at.whole !== undefined) return true
  return false
}

/** How much a new whole would save: 1 and more when the edits since the last one hold as many characters as it does. Then all wholes together
 *  cost as much writing as all edits do, and a recovery reads at most twice the state. */
export function excessOf(link: Link): number {
  let chars = 0
  let edits = 0
  let at: Link | undefined = link
  for (; at !== undefined && at.whole === undefined; at = at.since) {
    chars += at.edit?.length ?? 0
    edits += 1
  }
  const whole = at?.whole
  if (whole === undefined) return Number.POSITIVE_INFINITY
  return Math.max(chars / Math.max(whole.length, LEAST_CHARS), edits / MOST_EDITS)
}

/** A link as it is stored. `of`: which of the two entries it goes into. */
export function partOf(partition: number, link: Link, of: 'edit' | 'whole'): StoredPart | undefined {
  const { id, keys, since, edit, whole, mapped } = link
  const isEdit = edit !== undefined && since !== undefined
  if (of === 'edit' ? !isEdit : whole === undefined) return undefined
  return {
    partition,
    id,
    keys,
    ...(of === 'edit' && isEdit ? { edit: { sinceMs: since.timeMs, sinceId: since.id, text: edit } } : {}),
    ...(of === 'whole' && whole !== undefined ? { whole } : {}),
    // Once is enough: with the edit, where there is one.
    ...(mapped !== undefined && (of === 'edit' || !isEdit) ? { mapped } : {}),
  }
}
