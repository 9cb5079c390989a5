import { type Diagnostic, problem } from '#engine/model/diagnostic.ts'
import { printMs } from '#engine/model/time.ts'
import type { CheckContext } from './operator.ts'

/** What Spark refuses when streams that are worked on together do not have results equally often.
 *  Source: the constructors of UnionDStream and TransformedDStream */
export function checkSameSlides(context: CheckContext): readonly Diagnostic[] {
  const { inputSlidesMs, inputNodes, node } = context
  if (new Set(inputSlidesMs).size <= 1) return []
  const slowest = printMs(Math.max(...inputSlidesMs))
  const each = inputSlidesMs.map((slideMs, i) => `${inputNodes[i] ?? 'input'} has one every ${printMs(slideMs)}`)
  return [
    problem('graph/different-slides', 'Some of the DStreams have different slide durations', {
      node,
      hint: `Results must come equally often, but ${each.join(', ')}. Put a window that slides by ${slowest} behind the faster ones.`,
    }),
  ]
}
