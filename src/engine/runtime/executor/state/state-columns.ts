import { type KeyLayout, layoutOf } from './key-layout.ts'

type Pair = readonly [key: unknown, state: unknown]

/** The pairs of a state by column, with distinct keys in the order of slots: a partition as it is kept in place of its records. Never changed once made.
 *  Keeps: beside a key and its state two references and four bytes; the pairs as well while every batch somebody asks for all of them */
export class StateColumns {
  readonly keys: readonly unknown[]
  readonly states: readonly unknown[]
  readonly layout: KeyLayout
  private made: readonly Pair[] | undefined
  /** Somebody has asked for all pairs. */
  private isAsked = false

  constructor(keys: readonly unknown[], states: readonly unknown[], layout: KeyLayout, made?: readonly Pair[]) {
    this.keys = keys
    this.states = states
    this.layout = layout
    this.made = made
  }

  static of(pairs: readonly Pair[]): StateColumns {
    const keys = pairs.map(([key]) => key)
    return new StateColumns(
      keys,
      pairs.map(([, state]) => state),
      layoutOf(keys),
    )
  }

  get length(): number {
    return this.keys.length
  }

  /** The pairs, where it pays to go on from them. */
  get asked(): readonly Pair[] | undefined {
    return this.isAsked ? this.made : undefined
  }

  /** Whether the pairs are there. */
  get hasPairs(): boolean {
    return this.made !== undefined
  }

  pairAt(place: number): Pair {
    return this.made?.[place] ?? [this.keys[place], this.states[place]]
  }

  /** As that of an array of the pairs. */
  slice(from: number, to = this.length): unknown[] {
    const pairs: unknown[] = []
    for (let place = from; place < Math.min(to, this.length); place++) pairs.push(this.pairAt(place))
    return pairs
  }

  /** All of them; kept, as several jobs may want them. */
  pairs(): readonly Pair[] {
    this.isAsked = true
    if (this.made !== undefined) return this.made
    const pairs: Pair[] = []
    for (let place = 0; place < this.length; place++) pairs.push([this.keys[place], this.states[place]])
    this.made = pairs
    return pairs
  }
}
