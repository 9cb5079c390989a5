import { hashPartition, inTableOrder } from './java-order.ts'
import { groups, listOf, type Pair, pairOf, range, textOf, type WholeBatch } from './whole-batch.ts'

type Fn = (...args: readonly unknown[]) => unknown

export interface UpdateRule {
  readonly fn: Fn
  readonly variant: string
  readonly initial: readonly unknown[]
  readonly count: number
}

/** One batch of updateStateByKey. `previous`: the state before, undefined before the first; `data`: undefined when the batch has no RDD.
 *  Source: dstream-semantics §6.1 */
export function updateStates(
  { fn, variant, initial, count }: UpdateRule,
  previous: WholeBatch | undefined,
  data: WholeBatch | undefined,
  timeMs: number,
): WholeBatch {
  const before = previous ?? hashed(initial, count)
  const arrived = data === undefined ? undefined : groups([data], count)
  const partitions = range(count).map((to) => {
    const cells = new Map<string, { key: unknown; state: unknown; values: readonly unknown[] }>()
    for (const pair of before.partitions[to] ?? []) {
      const [key, state] = pairOf(pair)
      if (!cells.has(textOf(key))) cells.set(textOf(key), { key, state, values: [] })
    }
    for (const { key, sides } of arrived?.[to] ?? []) {
      const state = cells.get(textOf(key))?.state
      cells.set(textOf(key), { key, state, values: sides[0] ?? [] })
    }
    const rows = inTableOrder([...cells.values()], ({ key }) => key)
    if (variant === 'iterator') return [...listOf(fn(rows.map(({ key, values, state }) => [key, values, state])))]
    return rows.flatMap(({ key, values, state }): Pair[] => {
      const next = variant === 'values' ? fn(values, state) : fn(timeMs, key, values, state)
      return next === undefined || next === null ? [] : [[key, next]]
    })
  })
  return { partitions, partitioner: count }
}

function hashed(pairs: readonly unknown[], count: number): WholeBatch {
  const at = (to: number) => pairs.filter((pair) => hashPartition(pairOf(pair)[0], count) === to)
  return { partitions: range(count).map(at), partitioner: count }
}

interface Held {
  readonly key: unknown
  readonly state: unknown
  readonly touchedMs: number
}

/** What mapWithState gave in one batch, and the states it holds after it, by partition. */
export interface MappedBatch extends WholeBatch {
  readonly held: readonly ReadonlyMap<string, Held>[]
}

/** The states of every key. */
export function statesOf({ held }: MappedBatch): WholeBatch {
  return { partitions: held.map((entries) => [...entries.values()].map(({ key, state }) => [key, state])) }
}

export interface MapRule {
  readonly fn: Fn
  readonly api: string
  readonly initial: readonly unknown[]
  readonly timeoutMs: number | undefined
  readonly count: number
}

/** One batch of mapWithState; `looks`: the batch's states are checkpointed, and so looked through for keys that time out.
 *  Source: dstream-semantics §6.2 */
export function mapStates(
  rule: MapRule,
  previous: MappedBatch | undefined,
  data: WholeBatch | undefined,
  { timeMs, looks }: { readonly timeMs: number; readonly looks: boolean },
): MappedBatch {
  const { fn, api, initial, timeoutMs, count } = rule
  const parts = range(count).map((to) => {
    const held = new Map<string, Held>(previous?.held[to])
    for (const pair of previous === undefined ? (hashed(initial, count).partitions[to] ?? []) : []) {
      const [key, state] = pairOf(pair)
      held.set(textOf(key), { key, state, touchedMs: timeMs })
    }
    const mapped: unknown[] = []
    const call = (key: unknown, value: unknown, state: StateHandle): void => {
      const out = api === 'simple' ? fn(key, value, state) : fn(timeMs, key, value, state)
      if (api === 'simple' || (out !== undefined && out !== null)) mapped.push(out)
    }
    for (const [key, value] of pairsFor(data, count, to)) {
      const state = new StateHandle(held.get(textOf(key)), false)
      call(key, value, state)
      if (state.removed) held.delete(textOf(key))
      else if (state.updated || (state.exists() && timeoutMs !== undefined))
        held.set(textOf(key), { key, state: state.get(), touchedMs: timeMs })
    }
    for (const [form, entry] of looks && timeoutMs !== undefined ? [...held] : []) {
      if (entry.touchedMs >= timeMs - (timeoutMs ?? 0)) continue
      call(entry.key, undefined, new StateHandle(entry, true))
      held.delete(form)
    }
    return { held, mapped }
  })
  return { held: parts.map(({ held }) => held), partitions: parts.map(({ mapped }) => mapped) }
}

/** The pairs of a partition, map partitions in order, nothing combined. */
function pairsFor(data: WholeBatch | undefined, count: number, to: number): readonly Pair[] {
  if (data === undefined) return []
  if (data.partitioner === count) return (data.partitions[to] ?? []).map(pairOf)
  return data.partitions
    .flat()
    .map(pairOf)
    .filter(([key]) => hashPartition(key, count) === to)
}

/** What the function of mapWithState is given. */
class StateHandle {
  removed = false
  updated = false
  private value: unknown
  private defined: boolean
  private readonly timingOut: boolean

  constructor(entry: Held | undefined, timingOut: boolean) {
    this.value = entry?.state
    this.defined = entry !== undefined
    this.timingOut = timingOut
  }

  exists(): boolean {
    return this.defined
  }

  get(): unknown {
    if (!this.defined) throw new Error('State is not set')
    return this.value
  }

  getOption(): unknown {
    return this.defined ? this.value : undefined
  }

  update(value: unknown): void {
    if (this.removed || this.timingOut) throw new Error('Cannot update')
    this.value = value
    this.defined = true
    this.updated = true
  }

  remove(): void {
    if (this.removed || this.timingOut) throw new Error('Cannot remove')
    this.defined = false
    this.updated = false
    this.removed = true
  }

  isTimingOut(): boolean {
    return this.timingOut
  }
}
