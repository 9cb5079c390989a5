// biome-ignore lint/style/noRestrictedImports: only tests import this file
// biome-ignore lint/correctness/noUndeclaredDependencies: only tests import this file
import fc from 'fast-check'

/** Up to six partitions of up to eight records. */
export function partitionsArbitrary<T>(record: fc.Arbitrary<T>): fc.Arbitrary<T[][]> {
  return fc.array(fc.array(record, { maxLength: 8 }), { minLength: 1, maxLength: 6 })
}

/** Keys of several kinds, few enough to meet again. */
export const keyArbitrary = fc.oneof(
  fc.constantFrom('a', 'b', 'Ab', '', 'hello'),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(null, true, 1.5, -0, Number.NaN),
  fc.tuple(fc.constantFrom('x', 'y'), fc.nat(1)),
)

export const pairArbitrary = fc.tuple(keyArbitrary, fc.integer({ min: 0, max: 9 }))
