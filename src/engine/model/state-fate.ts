/** What becomes of a node's state when an edited document goes on from the checkpoint of another one. */
export interface StateFate {
  readonly node: string
  readonly kind: 'state' | 'window'
  /** Undefined: it is kept.
   *  removed   the node is gone, off, or no output needs it
   *  operator  it is another operator
   *  form      its function is called in another way
   *  before    a window: it, its functions or something before it changed, so that what leaves it could not be subtracted */
  readonly lost?: 'removed' | 'operator' | 'form' | 'before'
}
