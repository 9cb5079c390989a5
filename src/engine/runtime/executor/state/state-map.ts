import { type KeyForm, keyForm } from '#engine/record/key-form.ts'
import { retainKey } from '#engine/record/retain-key.ts'

/** Links after which a chain of deltas is made one map: spark.streaming.sessionByKey.deltaChainThreshold. */
const CHAIN_THRESHOLD = 20

/** A key's state and the batch time it was last touched at. */
export interface StateEntry {
  readonly key: unknown
  readonly state: unknown
  readonly timeMs: number
}

/** The states of one partition. A copy costs nothing and never changes what it was copied from: it is a delta over it.
 *  Source: util/StateMap, OpenHashMapBasedStateMap; dstream-semantics §6.2 */
export class StateMap {
  private readonly parent: StateMap | undefined
  private readonly length: number
  /** undefined: removed here, whatever the parent says. */
  private readonly delta: Map<KeyForm, StateEntry | undefined>

  constructor(parent?: StateMap, delta: Map<KeyForm, StateEntry | undefined> = new Map()) {
    this.parent = parent
    this.delta = delta
    this.length = parent === undefined ? 1 : parent.length + 1
  }

  get(key: unknown): StateEntry | undefined {
    const form = keyForm(key)
    for (let map: StateMap | undefined = this; map !== undefined; map = map.parent) {
      if (map.delta.has(form)) return map.delta.get(form)
    }
    return undefined
  }

  put(key: unknown, state: unknown, timeMs: number): void {
    const kept = retainKey(key)
    this.delta.set(keyForm(kept), { key: kept, state, timeMs })
  }

  remove(key: unknown): void {
    this.delta.set(keyForm(key), undefined)
  }

  copy(): StateMap {
    return new StateMap(this.length < CHAIN_THRESHOLD ? this : this.compacted())
  }

  /** Every entry, those of the oldest delta first. */
  getAll(): readonly StateEntry[] {
    return [...this.merged().values()]
  }

  /** Entries last touched strictly before this time. */
  getByTime(beforeMs: number): readonly StateEntry[] {
    return this.getAll().filter((entry) => entry.timeMs < beforeMs)
  }

  private compacted(): StateMap {
    return new StateMap(undefined, this.merged())
  }

  private merged(): Map<KeyForm, StateEntry> {
    const chain: StateMap[] = []
    for (let map: StateMap | undefined = this; map !== undefined; map = map.parent) chain.unshift(map)
    const entries = new Map<KeyForm, StateEntry>()
    for (const { delta } of chain) {
      for (const [form, entry] of delta) {
        if (entry === undefined) entries.delete(form)
        else entries.set(form, entry)
      }
    }
    return entries
  }
}
