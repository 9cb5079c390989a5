import * as v from 'valibot'
import { err, ok, type Result } from '#engine/model/result.ts'
import { countForm as count, listForm, MAX_STORED_PARTITIONS, nameForm, timeForm } from './bounds.ts'

// What is stored of the states of a stream after one batch: a line of JSON, then the partitions' texts one after another, as long as the line says.

/** One partition's part. */
export interface StoredPart {
  readonly partition: number
  /** Names this state of the partition among all there ever were: see saved-states.ts. */
  readonly id: string
  readonly keys: number
  /** What became other since a state of an earlier batch. */
  readonly edit?: { readonly sinceMs: number; readonly sinceId: string; readonly text: string }
  readonly whole?: string
  /** What stands in some of the places of the whole; see WholesInPieces and Whole.pieces. */
  readonly piece?: StoredPiece
  /** What mapWithState emitted. */
  readonly mapped?: string
}

/** From `from` to before `to` of `of` places. */
export interface StoredPiece {
  readonly from: number
  readonly to: number
  readonly of: number
  readonly fromMs: number
  readonly text: string
}

export interface StateEntry {
  /** Of the whole RDD: the parts may be fewer. */
  readonly partitions: number
  /** Hash partitions, when each pair lies in its key's. */
  readonly partitioner: number | undefined
  readonly parts: readonly StoredPart[]
}

const partitions = v.pipe(count, v.maxValue(MAX_STORED_PARTITIONS))
const line = v.object({
  partitions,
  partitioner: v.exactOptional(partitions),
  parts: listForm(
    v.object({
      partition: count,
      id: nameForm,
      keys: count,
      edit: v.exactOptional(v.object({ sinceMs: timeForm, sinceId: nameForm, chars: count })),
      whole: v.exactOptional(count),
      piece: v.exactOptional(v.object({ from: count, to: count, of: count, fromMs: timeForm, chars: count })),
      mapped: v.exactOptional(count),
    }),
    MAX_STORED_PARTITIONS,
  ),
})

export function printStateEntry({ partitions, partitioner, parts }: StateEntry): string {
  const texts: string[] = []
  const lengthOf = (text: string): number => {
    texts.push(text)
    return text.length
  }
  const printed = parts.map(({ partition, id, keys, edit, whole, piece, mapped }) => ({
    partition,
    id,
    keys,
    ...(edit === undefined
      ? {}
      : { edit: { sinceMs: edit.sinceMs, sinceId: edit.sinceId, chars: lengthOf(edit.text) } }),
    ...(whole === undefined ? {} : { whole: lengthOf(whole) }),
    ...(piece === undefined ? {} : { piece: printPiece(piece, lengthOf) }),
    ...(mapped === undefined ? {} : { mapped: lengthOf(mapped) }),
  }))
  const head = { partitions, ...(partitioner === undefined ? {} : { partitioner }), parts: printed }
  return `${JSON.stringify(head)}\n${texts.join('')}`
}

type Places = Omit<StoredPiece, 'text'>

const placesOf = ({ from, to, of, fromMs }: Places): Places => ({ from, to, of, fromMs })

function printPiece(piece: StoredPiece, lengthOf: (text: string) => number): Places & { readonly chars: number } {
  return { ...placesOf(piece), chars: lengthOf(piece.text) }
}

/** Fails: why the text is none */
export function parseStateEntry(text: string): Result<StateEntry, string> {
  const end = text.indexOf('\n')
  const parsed = parseLine(text.slice(0, Math.max(0, end)))
  if (!parsed.ok) return parsed
  let at = end + 1
  const take = (chars: number): string => {
    at += chars
    return text.slice(at - chars, at)
  }
  const { partitions, partitioner, parts } = parsed.value
  const named = new Set(parts.map(({ partition }) => partition))
  if (named.size < parts.length || parts.some(({ partition }) => partition >= partitions))
    return err('its parts are not those of its partitions')
  const read = parts.map(
    ({ partition, id, keys, edit, whole, piece, mapped }): StoredPart => ({
      partition,
      id,
      keys,
      ...(edit === undefined ? {} : { edit: { sinceMs: edit.sinceMs, sinceId: edit.sinceId, text: take(edit.chars) } }),
      ...(whole === undefined ? {} : { whole: take(whole) }),
      ...(piece === undefined ? {} : { piece: { ...placesOf(piece), text: take(piece.chars) } }),
      ...(mapped === undefined ? {} : { mapped: take(mapped) }),
    }),
  )
  return at === text.length ? ok({ partitions, partitioner, parts: read }) : err('its parts are not as long as it says')
}

function parseLine(text: string): Result<v.InferOutput<typeof line>, string> {
  try {
    const parsed = v.safeParse(line, JSON.parse(text))
    return parsed.success ? ok(parsed.output) : err(v.summarize(parsed.issues))
  } catch (error) {
    return err(String(error))
  }
}
