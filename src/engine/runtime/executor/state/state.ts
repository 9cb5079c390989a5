/** The state of one key as the function of mapWithState sees it. One object serves all calls of a batch, wrapped anew for each.
 *  Fails: as Spark's, with its messages
 *  Source: State, StateImpl */
export class State {
  #state: unknown
  #isDefined = false
  #isTimingOut = false
  #isUpdated = false
  #isRemoved = false

  exists(): boolean {
    return this.#isDefined
  }

  get(): unknown {
    if (!this.#isDefined) throw new Error('NoSuchElementException: State is not set')
    return this.#state
  }

  /** The state, or undefined when there is none. */
  getOption(): unknown {
    return this.#isDefined ? this.#state : undefined
  }

  update(state: unknown): void {
    require(!this.#isRemoved, 'Cannot update the state after it has been removed')
    require(!this.#isTimingOut, 'Cannot update the state that is timing out')
    this.#state = state
    this.#isDefined = true
    this.#isUpdated = true
  }

  remove(): void {
    require(!this.#isTimingOut, 'Cannot remove the state that is timing out')
    require(!this.#isRemoved, 'Cannot remove the state that has already been removed')
    this.#isDefined = false
    this.#isUpdated = false
    this.#isRemoved = true
  }

  isTimingOut(): boolean {
    return this.#isTimingOut
  }

  /** The engine's side of a state; not on the object that functions see. */
  static readonly engine = {
    wrap(state: State, isDefined: boolean, value: unknown, isTimingOut = false): void {
      state.#state = value
      state.#isDefined = isDefined
      state.#isTimingOut = isTimingOut
      state.#isUpdated = false
      state.#isRemoved = false
    },
    isUpdated: (state: State): boolean => state.#isUpdated,
    isRemoved: (state: State): boolean => state.#isRemoved,
  }
}

function require(holds: boolean, message: string): void {
  if (!holds) throw new Error(`IllegalArgumentException: requirement failed: ${message}`)
}
