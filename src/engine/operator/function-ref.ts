/** A function that executors call: either the user's source, or the engine's own. */
export interface FunctionRef {
  /** Unique in the plan; the user's are `<node>.<param>`. */
  readonly name: string
  readonly node: string
  /** Parameter that holds the source; absent for the engine's own functions. */
  readonly param?: string
  readonly source: string
  /** It may change what it is given, so it is given copies of records that are kept; see changes-arguments.ts. */
  readonly changes?: true
  /** What it does to numbers, where its text says so; see known-function.ts. */
  readonly known?: KnownFunction
}

/** Of two numbers their sum, the second one taken from the first, the larger, the smaller one; of a pair with a number whether that is not 0, or more. */
export type KnownFunction = 'sum' | 'difference' | 'max' | 'min' | 'nonzero' | 'positive'
