import { type Asking, type FailedBatch, hasFailed, type Outcome } from './evaluation.ts'
import { nextWindow } from './incremental-window.ts'
import { countOf, plus, type Rule, reduceAll } from './stateless-rules.ts'
import { type MappedBatch, mapStates, statesOf, updateStates } from './states.ts'
import {
  combineByKey,
  eachPartition,
  grouping,
  listOf,
  pairOf,
  reducing,
  together,
  type WholeBatch,
} from './whole-batch.ts'

type Fn = (...args: readonly unknown[]) => unknown
type Batches = readonly (WholeBatch | FailedBatch)[]

/** What a stream of the node's own has at each slide of [fromMs, toMs], none left out. Source: DStream.slice, dstream-semantics §3 */
function slice(ask: Asking, fromMs: number, toMs: number, at: (timeMs: number) => Outcome): Batches {
  const found: (WholeBatch | FailedBatch)[] = []
  for (let timeMs = fromMs; timeMs <= toMs; timeMs += ask.parentSlideMs) {
    const outcome = timeMs > 0 ? at(timeMs) : undefined
    if (outcome !== undefined) found.push(outcome)
  }
  return found
}

/** `before` per batch, then all of the window as they are, then `after`. Source: dstream-semantics §4.1–§4.3 */
function windowed(
  ask: Asking,
  before: (batch: WholeBatch) => WholeBatch,
  after: (batch: WholeBatch) => WholeBatch,
): Outcome {
  const windowMs = Number(ask.node.params.windowMs)
  const batches = slice(ask, ask.timeMs - windowMs + ask.parentSlideMs, ask.timeMs, (timeMs) =>
    reduced(ask, timeMs, before),
  )
  return ask.from(batches, (all) => after(together(all)))
}

function reduced(ask: Asking, timeMs: number, reduce: (batch: WholeBatch) => WholeBatch): Outcome {
  return ask.once('reduced', timeMs, () => {
    const parent = ask.outcome(ask.inputs()[0] ?? '', timeMs)
    return parent === undefined ? undefined : ask.from([parent], ([batch]) => reduce(batch ?? { partitions: [] }))
  })
}

interface Incremental {
  readonly key: (record: unknown) => unknown
  readonly reduce: Fn
  readonly inverse: Fn
  readonly filter?: Fn | undefined
  readonly count: number
}

/** The incremental window at a time, from the one before. Source: dstream-semantics §4.4 */
function incremental(ask: Asking, rule: Incremental, timeMs = ask.timeMs): Outcome {
  if (timeMs <= 0) return undefined
  return ask.once('window', timeMs, () => {
    const { slideMs, parentSlideMs } = ask
    const windowMs = Number(ask.node.params.windowMs)
    const previousMs = timeMs - slideMs
    const previous = incremental(ask, rule, previousMs)
    const perBatch = (atMs: number) =>
      reduced(ask, atMs, (batch) =>
        combineByKey(
          eachPartition(batch, (rs) => rs.map(rule.key), false),
          rule.count,
          reducing(rule.reduce),
        ),
      )
    const old = slice(ask, previousMs - windowMs + parentSlideMs, timeMs - windowMs, perBatch)
    const recent = slice(ask, previousMs + parentSlideMs, timeMs, perBatch)
    const parents = [...(previous === undefined ? [] : [previous]), ...old, ...recent]
    return ask.from(parents, (batches) => {
      const from = previous === undefined ? 0 : 1
      const left = batches.slice(from, from + old.length)
      return nextWindow(
        { filter: undefined, ...rule },
        from === 0 ? undefined : batches[0],
        left,
        batches.slice(from + old.length),
      )
    })
  })
}

function valuesOf(outcome: Outcome, ask: Asking): Outcome {
  if (outcome === undefined) return undefined
  return ask.from([outcome], ([batch]) =>
    eachPartition(batch ?? { partitions: [] }, (pairs) => pairs.map((pair) => pairOf(pair)[1])),
  )
}

const minus = (a: unknown, b: unknown): unknown => Number(a) - Number(b)
const same = (batch: WholeBatch): WholeBatch => batch

/** Operators that look back. Source: dstream-semantics §4, §6 */
export const statefulRules: Readonly<Record<string, Rule>> = {
  window: (ask) => windowed(ask, same, same),
  groupByKeyAndWindow: (ask) => {
    const count = countOf(ask)
    const merge: Fn = (all, more) => [...listOf(all), ...listOf(more)]
    return windowed(
      ask,
      (batch) => combineByKey(batch, count, grouping),
      (all) => combineByKey(all, count, reducing(merge)),
    )
  },
  reduceByWindow: (ask) => {
    const reduce = ask.fn('reduce')
    if (ask.node.params.inverse === undefined)
      return windowed(
        ask,
        (batch) => reduceAll(batch, reduce),
        (all) => reduceAll(all, reduce),
      )
    const rule = { key: (record: unknown) => [1, record], reduce, inverse: ask.fn('inverse'), count: 1 }
    return valuesOf(incremental(ask, rule), ask)
  },
  countByWindow: (ask) =>
    valuesOf(incremental(ask, { key: () => [1, 1], reduce: plus, inverse: minus, count: 1 }), ask),
  countByValueAndWindow: (ask) => {
    const filter: Fn = (pair) => pairOf(pair)[1] !== 0
    return incremental(ask, { key: (record) => [record, 1], reduce: plus, inverse: minus, filter, count: countOf(ask) })
  },
  reduceByKeyAndWindow: (ask) => {
    const reduce = ask.fn('reduce')
    const count = countOf(ask)
    if (ask.node.params.inverse !== undefined) {
      const filter = ask.node.params.filter === undefined ? undefined : ask.fn('filter')
      return incremental(ask, { key: (pair) => pair, reduce, inverse: ask.fn('inverse'), filter, count })
    }
    const byKey = (batch: WholeBatch) => combineByKey(batch, count, reducing(reduce))
    return windowed(ask, byKey, byKey)
  },
  updateStateByKey: (ask) => {
    const previous = ask.outcome(ask.node.id, ask.timeMs - ask.slideMs)
    const data = ask.outcome(ask.inputs()[0] ?? '', ask.timeMs)
    if (previous === undefined && data === undefined) return undefined
    const { variant = 'values', initial = [] } = ask.node.params
    const rule = { fn: ask.fn('fn'), variant: String(variant), initial: listOf(initial), count: countOf(ask) }
    return withBoth(ask, previous, data, (before, batch) => updateStates(rule, before, batch, ask.timeMs))
  },
  mapWithState: (ask) => {
    const { timeMs, slideMs } = ask
    const { api = 'simple', initial = [], timeoutMs, checkpointMs = 10 * slideMs } = ask.node.params
    const rule = {
      fn: ask.fn('fn'),
      api: String(api),
      initial: listOf(initial),
      timeoutMs: timeoutMs === undefined ? undefined : Number(timeoutMs),
      count: countOf(ask),
    }
    const previous = ask.outcome(ask.node.id, timeMs - slideMs)
    const data = ask.outcome(ask.inputs()[0] ?? '', timeMs)
    const looks = timeMs % Number(checkpointMs) === 0
    return withBoth(ask, previous, data, (before, batch) =>
      mapStates(rule, isMapped(before) ? before : undefined, batch, { timeMs, looks }),
    )
  },
  stateSnapshots: (ask) => {
    const parent = ask.outcome(ask.inputs()[0] ?? '', ask.timeMs)
    return parent === undefined || hasFailed(parent) || !isMapped(parent) ? parent : statesOf(parent)
  },
}

function isMapped(batch: WholeBatch | undefined): batch is MappedBatch {
  return batch !== undefined && 'held' in batch
}

/** `compute` of a previous result and of data, where each may be missing. */
function withBoth(
  ask: Asking,
  previous: Outcome,
  data: Outcome,
  compute: (previous: WholeBatch | undefined, data: WholeBatch | undefined) => WholeBatch,
): Outcome {
  const parents = [previous, data].filter((each) => each !== undefined)
  return ask.from(parents, (batches) =>
    compute(previous === undefined ? undefined : batches[0], data === undefined ? undefined : batches.at(-1)),
  )
}
