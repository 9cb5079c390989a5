import { describeValue } from '#engine/record/describe.ts'

/** The size of a sample in parts of the whole.
 *  Fails: TypeError for what is no number, else with Spark's messages */
export function needFraction(withReplacement: boolean, fraction: unknown): number {
  if (typeof fraction !== 'number' || Number.isNaN(fraction) || fraction === Number.POSITIVE_INFINITY) {
    throw new TypeError(`sample: fraction must be a number, got ${describeValue(fraction, 60)}`)
  }
  if (fraction < 0) throw new RangeError(`requirement failed: Fraction must be nonnegative, but got ${fraction}`)
  if (withReplacement || fraction <= 1) return fraction
  throw new RangeError(`requirement failed: Sampling fraction (${fraction}) must be on interval [0, 1]`)
}
