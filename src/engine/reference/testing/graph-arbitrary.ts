// biome-ignore lint/style/noRestrictedImports: only tests import this file
// biome-ignore lint/correctness/noUndeclaredDependencies: only tests import this file
import fc from 'fast-check'
import type { Choice, GraphChoices } from '#engine/reference/graph-choices.ts'

const any = fc.nat({ max: 2519 }) // of many choices each is as likely
const choice: fc.Arbitrary<Choice> = fc.record({
  op: any,
  input: any,
  other: any,
  fn: any,
  a: any,
  b: any,
  partitions: fc.nat({ max: 4 }),
})

const batch = fc.array(fc.nat({ max: 5 }), { maxLength: 5 })

/** Choices from which `graphOf` makes any pipeline. `nulls`: how many of 100 batches have no RDD. */
export function graphChoices(nulls: number): fc.Arbitrary<GraphChoices> {
  const anyBatch =
    nulls === 0
      ? batch
      : fc.oneof({ weight: 100 - nulls, arbitrary: batch }, { weight: nulls, arbitrary: fc.constant(null) })
  return fc.record({
    sources: fc.array(
      fc.record({
        type: fc.nat({ max: 3 }),
        partitions: fc.integer({ min: 1, max: 4 }),
        batches: fc.array(anyBatch, { maxLength: 8 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    inline: nulls === 0 ? fc.boolean() : fc.constant(false),
    nodes: fc.array(choice, { minLength: 1, maxLength: 8, size: 'max' }),
    cores: fc.constantFrom(1, 2, 4),
    parallelism: fc.nat({ max: 4 }),
    collected: fc.nat({ max: 4095 }),
    batches: fc.integer({ min: 3, max: 8 }),
  })
}
