import type { Json } from '#engine/model/json.ts'
import { type Chooser, countParams, isPairs, like, on, usable } from './chooser.ts'
import { mapStateFunctions, updateFunctions } from './functions.ts'
import { pick } from './graph-choices.ts'
import { ANY, NUMBER, pair, type RecordType } from './record-type.ts'

/** States to begin with, for keys of which some will arrive. */
function initialStates(key: RecordType): Json {
  return key.kind === 'number'
    ? [
        [0, 2],
        [70, 1],
      ]
    : [
        ['a', 2],
        ['zz', 1],
      ]
}

export const updateStateByKey = on(isPairs, (input, choice) => {
  const { fn, variant, gives } = pick(usable(updateFunctions(input.type.value), input), choice.fn)
  const hasInitial = choice.a % 3 === 2 && (input.type.key.kind === 'number' || input.type.key.kind === 'text')
  const params = {
    fn,
    ...(variant === 'values' ? {} : { variant }),
    ...(hasInitial ? { initial: initialStates(input.type.key) } : {}),
    ...(choice.b % 2 === 1 ? { checkpointMs: input.slideMs * (1 + (choice.b % 3)) } : {}),
    ...countParams(choice),
  }
  return { op: 'updateStateByKey', params, gives: like(input, pair(input.type.key, gives)) }
})

export const mapWithState = on(
  isPairs,
  (input, choice) => {
    const { fn, api, gives } = pick(mapStateFunctions, choice.fn)
    const hasInitial = choice.other % 3 === 2 && (input.type.key.kind === 'number' || input.type.key.kind === 'text')
    const timeout = choice.a % 3
    const params = {
      fn,
      ...(api === 'simple' ? {} : { api }),
      ...(hasInitial ? { initial: initialStates(input.type.key) } : {}),
      ...(timeout === 0 ? {} : { timeoutMs: timeout * 1000 }),
      ...(choice.b % 3 === 0 ? {} : { checkpointMs: input.slideMs * (choice.b % 3) }),
      ...countParams(choice),
    }
    return {
      op: 'mapWithState',
      params,
      gives: { ...like(input, gives(input.type.key)), ordered: timeout === 0 },
    }
  },
  { ordered: true },
)

export const stateSnapshots: Chooser = (choice, streams) => {
  const holders = streams.filter(({ op }) => op === 'mapWithState')
  if (holders.length === 0) return undefined
  const input = pick(holders, choice.input)
  return {
    op: 'stateSnapshots',
    params: {},
    inputs: [input],
    gives: { ...like(input, pair(ANY, NUMBER)), ordered: false },
  }
}
