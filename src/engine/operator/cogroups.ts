import type { LowerContext } from './operator.ts'
import type { StreamId } from './stream-spec.ts'

/** The values of both inputs by key: `[key, [lefts, rights]]`.
 *  Source: PairDStreamFunctions.cogroup */
export function cogroupInputs(numPartitions: number | undefined, context: LowerContext): StreamId {
  return context.add({
    kind: 'cogrouped',
    parents: [context.input('in'), context.input('other')],
    partitions: numPartitions ?? context.defaultParallelism,
  })
}

/** Pairs of a left and a right value of one key; `combinations` is the source of `([lefts, rights]) => [left, right][]`.
 *  Source: PairDStreamFunctions.join and its outer forms, PairRDDFunctions.join */
export function joinInputs(numPartitions: number | undefined, combinations: string, context: LowerContext): StreamId {
  return context.add({
    kind: 'narrow',
    step: 'flatMapValues',
    parent: cogroupInputs(numPartitions, context),
    fn: context.ownFn(combinations),
  })
}
