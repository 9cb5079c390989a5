import type { Json } from '#engine/model/json.ts'
import { type Choice, type ChosenNode, pick, type Stream } from './graph-choices.ts'
import { depthOf, type RecordType } from './record-type.ts'

export type Chooser = (choice: Choice, streams: readonly Stream[]) => ChosenNode | undefined

type PairStream = Stream & { readonly type: Extract<RecordType, { kind: 'pair' }> }

export type Made = Omit<ChosenNode, 'inputs'> & { readonly inputs?: readonly Stream[] }

/** Beyond this types, and records, would grow without end. */
const DEEPEST = 3

export const isPairs = (stream: Stream): stream is PairStream => stream.type.kind === 'pair'

export const isAny = (_stream: Stream): _stream is Stream => true

/** An operator with one input out of those that `fits` accepts, if there is one. */
export function on<S extends Stream>(
  fits: (stream: Stream) => stream is S,
  make: (input: S, choice: Choice, streams: readonly Stream[]) => Made | undefined,
  options: { readonly ordered?: boolean } = {},
): Chooser {
  return (choice, streams) => {
    const shallow = streams.filter((each) => depthOf(each.type) <= DEEPEST)
    const inputs = shallow.filter(fits).filter((each) => options.ordered !== true || each.ordered)
    if (inputs.length === 0) return undefined
    const input = pick(inputs, choice.input)
    const made = make(input, choice, shallow)
    return made === undefined ? undefined : { inputs: [input], ...made }
  }
}

/** Functions that may stand behind a stream: where its order is a matter of chance, none that shows it. */
export const usable = <F extends { readonly ordered?: boolean }>(
  functions: readonly F[],
  stream: Stream,
): readonly F[] => functions.filter(({ ordered }) => stream.ordered || ordered !== true)

export const like = (stream: Stream, type: RecordType = stream.type) => ({
  type,
  slideMs: stream.slideMs,
  ordered: stream.ordered,
})

export const countParams = ({ partitions }: Choice): Readonly<Record<string, Json>> =>
  partitions === 0 ? {} : { numPartitions: partitions }

/** A window and its slide; `isGiven`: the operator needs to be told its slide. */
export function windowParams(
  stream: Stream,
  { a, b }: Choice,
  isGiven: boolean,
): { windowMs: number; slideMs?: number } {
  const windowMs = stream.slideMs * (1 + (a % 4))
  return b % 4 === 0 && !isGiven ? { windowMs } : { windowMs, slideMs: stream.slideMs * (1 + (b % 3)) }
}

export const slower = (stream: Stream, params: { slideMs?: number }, type: RecordType = stream.type) => ({
  ...like(stream, type),
  slideMs: params.slideMs ?? stream.slideMs,
})
