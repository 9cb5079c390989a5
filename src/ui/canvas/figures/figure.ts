/** Records of a node's stream in the shown batch. */
export interface Figure {
  /** `undefined`: no batch is shown; `null`: the node has no RDD in it. */
  readonly count: number | null | undefined
  /** As it is drawn. */
  readonly text: string
}
