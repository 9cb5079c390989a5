import { type Chooser, countParams, isAny, isPairs, like, on, usable } from './chooser.ts'
import {
  combiners,
  filterFunctions,
  flatMapFunctions,
  mapFunctions,
  partitionFunctions,
  reduceFunctions,
} from './functions.ts'
import { pick } from './graph-choices.ts'
import { ANY, list, NUMBER, pair, type RecordType, sameType } from './record-type.ts'

export const map = on(isAny, (input, { fn }) => {
  const { source, gives } = pick(mapFunctions(input.type), fn)
  return { op: 'map', params: { fn: source }, gives: like(input, gives) }
})

export const filter = on(isAny, (input, { fn }) => ({
  op: 'filter',
  params: { fn: pick(filterFunctions(input.type), fn) },
  gives: like(input),
}))

export const flatMap = on(isAny, (input, { fn }) => {
  const { source, gives } = pick(flatMapFunctions(input.type), fn)
  return { op: 'flatMap', params: { fn: source }, gives: like(input, gives) }
})

export const mapValues = on(isPairs, (input, { fn }) => {
  const { source, gives } = pick(mapFunctions(input.type.value), fn)
  return { op: 'mapValues', params: { fn: source }, gives: like(input, pair(input.type.key, gives)) }
})

export const flatMapValues = on(isPairs, (input, { fn }) => {
  const { source, gives } = pick(flatMapFunctions(input.type.value), fn)
  return { op: 'flatMapValues', params: { fn: source }, gives: like(input, pair(input.type.key, gives)) }
})

export const glom = on(isAny, (input) => ({ op: 'glom', params: {}, gives: like(input, list(input.type)) }), {
  ordered: true,
})

export const mapPartitions = on(isAny, (input, { fn, a }) => {
  const { source, gives, keeps } = pick(usable(partitionFunctions(input.type), input), fn)
  const params = keeps && a % 2 === 1 ? { fn: source, preservesPartitioning: true } : { fn: source }
  return { op: 'mapPartitions', params, gives: like(input, gives) }
})

export const reduce = on(isAny, (input, { fn }) => {
  const functions = usable(reduceFunctions(input.type), input)
  if (functions.length === 0) return undefined
  return { op: 'reduce', params: { reduce: pick(functions, fn).source }, gives: like(input) }
})

export const count = on(isAny, (input) => ({ op: 'count', params: {}, gives: like(input, NUMBER) }))

export const countByValue = on(isAny, (input, choice) => ({
  op: 'countByValue',
  params: countParams(choice),
  gives: like(input, pair(input.type, NUMBER)),
}))

export const reduceByKey = on(isPairs, (input, choice) => {
  const functions = usable(reduceFunctions(input.type.value), input)
  if (functions.length === 0) return undefined
  return {
    op: 'reduceByKey',
    params: { reduce: pick(functions, choice.fn).source, ...countParams(choice) },
    gives: like(input),
  }
})

export const groupByKey = on(
  isPairs,
  (input, choice) => ({
    op: 'groupByKey',
    params: countParams(choice),
    gives: like(input, pair(input.type.key, list(input.type.value))),
  }),
  { ordered: true },
)

export const combineByKey = on(
  isPairs,
  (input, choice) => {
    const { of, ...functions } = pick(combiners, choice.fn)
    const params = { ...functions, ...(choice.a % 2 === 1 ? { mapSideCombine: false } : {}), ...countParams(choice) }
    return { op: 'combineByKey', params, gives: like(input, pair(input.type.key, of(input.type.value))) }
  },
  { ordered: true },
)

export const repartition = on(
  isAny,
  (input, { partitions }) => ({
    op: 'repartition',
    params: { numPartitions: Math.max(1, partitions) },
    gives: like(input),
  }),
  { ordered: true },
)

export const union = on(isAny, (input, { other, a }, streams) => {
  const same = streams.filter((each) => each.slideMs === input.slideMs && sameType(each.type, input.type))
  const second = pick(same, other)
  const inputs = a % 3 === 2 ? [input, second, pick(same, a)] : [input, second]
  const distinct = inputs.filter((each, place) => inputs.indexOf(each) === place)
  return {
    op: 'union',
    params: {},
    inputs: distinct,
    gives: { ...like(input), ordered: distinct.every((s) => s.ordered) },
  }
})

const joined: Readonly<Record<string, (left: RecordType, right: RecordType) => RecordType>> = {
  join: pair,
  leftOuterJoin: (left) => pair(left, ANY),
  rightOuterJoin: (_left, right) => pair(ANY, right),
  fullOuterJoin: () => pair(ANY, ANY),
  cogroup: (left, right) => pair(list(left), list(right)),
}

export const joining = (op: string): Chooser =>
  on(isPairs, (input, choice, streams) => {
    const partners = streams.filter(isPairs).filter((each) => each.slideMs === input.slideMs)
    const same = partners.filter((each) => sameType(each.type.key, input.type.key))
    const other = pick(same, choice.other)
    const isOrdered = input.ordered && other.ordered
    const make = joined[op]
    if (make === undefined || (op === 'cogroup' && !isOrdered)) return undefined
    const type = pair(input.type.key, make(input.type.value, other.type.value))
    return { op, params: countParams(choice), others: [other], gives: { ...like(input, type), ordered: isOrdered } }
  })
