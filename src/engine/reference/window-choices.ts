import { countParams, isAny, isPairs, on, slower, usable, windowParams } from './chooser.ts'
import { invertibleFunctions, reduceFunctions, windowFilters } from './functions.ts'
import { pick } from './graph-choices.ts'
import { list, NUMBER, pair } from './record-type.ts'

export const window = on(isAny, (input, choice) => {
  const params = windowParams(input, choice, false)
  return { op: 'window', params, gives: slower(input, params) }
})

export const reduceByWindow = on(isAny, (input, choice) => {
  const params = windowParams(input, choice, true)
  const invertible = usable(invertibleFunctions(input.type), input)
  if (choice.fn % 2 === 1 && invertible.length > 0) {
    const { reduce: by, inverse } = pick(invertible, choice.other)
    return { op: 'reduceByWindow', params: { ...params, reduce: by, inverse }, gives: slower(input, params) }
  }
  const functions = usable(reduceFunctions(input.type), input)
  if (functions.length === 0) return undefined
  return {
    op: 'reduceByWindow',
    params: { ...params, reduce: pick(functions, choice.other).source },
    gives: slower(input, params),
  }
})

export const countByWindow = on(isAny, (input, choice) => {
  const params = windowParams(input, choice, true)
  return { op: 'countByWindow', params, gives: slower(input, params, NUMBER) }
})

export const countByValueAndWindow = on(isAny, (input, choice) => {
  const params = windowParams(input, choice, true)
  return {
    op: 'countByValueAndWindow',
    params: { ...params, ...countParams(choice) },
    gives: slower(input, params, pair(input.type, NUMBER)),
  }
})

export const groupByKeyAndWindow = on(
  isPairs,
  (input, choice) => {
    const params = windowParams(input, choice, false)
    return {
      op: 'groupByKeyAndWindow',
      params: { ...params, ...countParams(choice) },
      gives: slower(input, params, pair(input.type.key, list(input.type.value))),
    }
  },
  { ordered: true },
)

export const reduceByKeyAndWindow = on(isPairs, (input, choice) => {
  const params = { ...windowParams(input, choice, false), ...countParams(choice) }
  const invertible = usable(invertibleFunctions(input.type.value), input)
  if (choice.fn % 2 === 1 && invertible.length > 0) {
    const { reduce: by, inverse } = pick(invertible, choice.other)
    const filtered = choice.other % 2 === 1 ? { filter: pick(windowFilters, choice.input) } : {}
    const all = { ...params, reduce: by, inverse, ...filtered }
    return { op: 'reduceByKeyAndWindow', params: all, gives: slower(input, params) }
  }
  const functions = usable(reduceFunctions(input.type.value), input)
  if (functions.length === 0) return undefined
  const all = { ...params, reduce: pick(functions, choice.other).source }
  return { op: 'reduceByKeyAndWindow', params: all, gives: slower(input, params) }
})
