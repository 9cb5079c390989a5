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
  /** Keys that have a state. */
  size: number
  private readonly parent: StateMap | undefined
  private readonly length: number
  /** undefined: removed here, whatever the parent says. */
  private readonly delta: Map<KeyForm, StateEntry | undefined>
  private readonly handedOut = new Set<KeyForm>()

  constructor(parent?: StateMap, delta: Map<KeyForm, StateEntry | undefined> = new Map()) {
    this.parent = parent
    this.delta = delta
    this.length = parent === undefined ? 1 : parent.length + 1
    this.size = parent === undefined ? delta.size : parent.size
  }

  get(key: unknown): StateEntry | undefined {
    return this.find(keyForm(key))
  }

  put(key: unknown, state: unknown, timeMs: number): void {
    const kept = retainKey(key)
    const form = keyForm(kept)
    if (this.find(form) === undefined) this.size += 1
    this.delta.set(form, { key: kept, state, timeMs })
  }

  remove(key: unknown): void {
    const form = keyForm(key)
    if (this.find(form) !== undefined) this.size -= 1
    this.delta.set(form, undefined)
  }

  /** A function has seen the state of a key, and may have changed it in its place without saying so. */
  handOut(key: unknown): void {
    this.handedOut.add(keyForm(key))
  }

  copy(): StateMap {
    return new StateMap(this.length < CHAIN_THRESHOLD ? this : this.compacted())
  }

  /** What is other than in the map that this one was copied from, as far as it may be, in the order in which it came to be. */
  changes(): { readonly entries: readonly StateEntry[]; readonly removed: readonly KeyForm[] } {
    const entries: StateEntry[] = []
    const removed: KeyForm[] = []
    for (const [form, entry] of this.delta) {
      if (entry === undefined) removed.push(form)
      else entries.push(entry)
    }
    for (const form of this.handedOut) {
      const entry = this.delta.has(form) ? undefined : this.find(form)
      if (entry !== undefined) entries.push(entry)
    }
    return { entries, removed }
  }

  /** How many keys `changes` gives at most. */
  get changed(): number {
    return this.delta.size + this.handedOut.size
  }

  /** Every entry, those of the oldest delta first. */
  getAll(): readonly StateEntry[] {
    return [...this.merged().values()]
  }

  /** Entries last touched strictly before this time. */
  getByTime(beforeMs: number): readonly StateEntry[] {
    return this.getAll().filter((entry) => entry.timeMs < beforeMs)
  }

  private find(form: KeyForm): StateEntry | undefined {
    for (let map: StateMap | undefined = this; map !== undefined; map = map.parent) {
      if (map.delta.has(form)) return map.delta.get(form)
    }
    return undefined
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
