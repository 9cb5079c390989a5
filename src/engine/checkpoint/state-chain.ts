import type { SavedPartition } from '#engine/runtime/wire.ts'
import { checksum } from './checksum.ts'
import type { Pace } from './pace.ts'
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
  /** Comes later where it is told in pieces. */
  whole: Whole | undefined
  readonly mapped: string | undefined
}

/** All of a state as text. */
export interface Whole {
  /** One, or its pieces in order. */
  readonly texts: readonly string[]
  /** Told in pieces over several batches. */
  readonly pieces?: {
    /** The entry of each. */
    readonly entries: readonly string[]
    /** The first batch whose state can be made from it: pieces may show what functions changed in its place after the batch that they are of, which edits say again. */
    readonly fromMs: number
  }
}

export const idOfWhole = (whole: string): string => `w${checksum(whole)}`
export const idOfEdit = (sinceId: string, edit: string): string => `e${checksum(`${sinceId} ${edit}`)}`

/** Whether a state of this batch can be made from the whole of a link. */
function reaches({ whole }: Link, timeMs: number): boolean {
  return whole !== undefined && (whole.pieces === undefined || whole.pieces.fromMs <= timeMs)
}

/** The link from whose whole a state is made; undefined when there is none. */
function baseOf(link: Link): Link | undefined {
  let at: Link | undefined = link
  while (at !== undefined && !reaches(at, link.timeMs)) at = at.since
  return at
}

/** The texts from which a state is made again: its newest whole, then the edits since.
 *  Undefined when there is no whole. */
export function payloadOf(link: Link): SavedPartition | undefined {
  const base = baseOf(link)
  if (base?.whole === undefined) return undefined
  const edits: string[] = []
  for (let at: Link | undefined = link; at !== undefined && at !== base; at = at.since) edits.push(at.edit ?? '')
  const { texts, pieces } = base.whole
  return {
    kind: 'saved',
    texts: [...texts, ...edits.reverse()],
    ...(pieces === undefined ? {} : { pieces: texts.length }),
    ...(link.mapped === undefined ? {} : { mapped: link.mapped }),
  }
}

/** Whether a state can be made again. */
export function hasWhole(link: Link): boolean {
  return baseOf(link) !== undefined
}

export interface Load {
  /** How much a new whole would save: 1 and more when the edits since the last one hold as many characters as it does. Then all wholes together cost as much
   *  writing as all edits do, and a recovery reads at most twice the state, or three times it while a whole is being told. */
  readonly excess: number
  /** Characters of the last whole. */
  readonly wholeChars: number
}

export function loadOf(link: Link, { leastChars, mostEdits }: Pace): Load {
  let chars = 0
  let edits = 0
  let at: Link | undefined = link
  for (; at !== undefined && !reaches(at, link.timeMs); at = at.since) {
    chars += at.edit?.length ?? 0
    edits += 1
  }
  if (at?.whole === undefined) return { excess: Number.POSITIVE_INFINITY, wholeChars: 0 }
  const wholeChars = at.whole.texts.reduce((sum, text) => sum + text.length, 0)
  return { excess: Math.max(chars / Math.max(wholeChars, leastChars), edits / mostEdits), wholeChars }
}

/** The part of a chain that the state of `oldestMs` and all later ones need, and one whole more before it. */
export function neededSince(chain: readonly Link[], oldestMs: number): readonly Link[] {
  let wholes = 0
  let guard = 0
  if (oldestMs === Number.POSITIVE_INFINITY) return chain
  for (let at = chain.length - 1; at >= 0 && wholes < 2; at--) {
    const link = chain[at]
    if (link === undefined || link.timeMs > oldestMs || !reaches(link, oldestMs)) continue
    wholes += 1
    guard = at
  }
  const first = chain[guard]
  if (first === undefined || wholes === 0) return chain
  first.since = undefined
  return guard === 0 ? chain : chain.slice(guard)
}

/** The link of a batch, which is most often one of the last. */
export function findLink(chain: readonly Link[], timeMs: number): Link | undefined {
  for (let at = chain.length - 1; at >= 0; at--) if (chain[at]?.timeMs === timeMs) return chain[at]
  return undefined
}

/** A link as it is stored. `of`: which of the two entries it goes into; pieces have entries of their own. */
export function partOf(partition: number, link: Link, of: 'edit' | 'whole'): StoredPart | undefined {
  const { id, keys, since, edit, mapped } = link
  const whole = link.whole?.pieces === undefined ? link.whole?.texts[0] : undefined
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
