import type { Example } from '#engine/operator/operator.ts'

export interface ExampleLayout {
  /** Numbers of the columns, from 1. */
  readonly columns: readonly number[]
  /** A column is one batch for inputs and result alike. Otherwise the result skips batches without an RDD, and its columns
   *  count its RDDs. */
  readonly aligned: boolean
}

export function layExample({ inputs, expected }: Pick<Example, 'inputs' | 'expected'>): ExampleLayout {
  const batches = Math.max(0, ...inputs.map((input) => input.length))
  const count = Math.max(batches, expected.length)
  return {
    columns: Array.from({ length: count }, (_, index) => index + 1),
    aligned: batches === expected.length || inputs.length === 0,
  }
}
