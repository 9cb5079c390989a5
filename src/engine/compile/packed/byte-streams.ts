import { parentsOf } from '#engine/compile/parents.ts'
import type { Chain, Plan } from '#engine/compile/plan.ts'
import type { StreamId } from '#engine/operator/stream-spec.ts'
import type { PackedRefusal } from './find-packed.ts'
import type { PackedProgram } from './terms.ts'

/** The sources of text that nobody needs as text: all that follows from their lines are sums that packed loops find in bytes. */
export function byteStreams(
  { streams, outputs }: Pick<Plan, 'streams' | 'outputs'>,
  chains: ReadonlyMap<Chain, PackedProgram | PackedRefusal>,
): readonly StreamId[] {
  const found = [...chains]
  return [...new Set(found.map(([{ base }]) => base))].filter(
    (base) =>
      found.every(([chain, program]) => chain.base !== base || ('end' in program && takesBytes(program))) &&
      !outputs.some(({ stream }) => stream === base) &&
      streams.every(({ spec }) => spec.kind === 'narrow' || !parentsOf(spec).includes(base)),
  )
}

/** Whether a loop reads bytes, leaves them as they are, and needs texts only of keys that it meets for the first time. */
export function takesBytes(program: PackedProgram): boolean {
  if (program.end.kind !== 'reduce') return false
  const printed = JSON.stringify(program)
  return !['"lowered":true', '"kind":"trimmed"', '"trimmed":true', '"kind":"find"'].some((each) =>
    printed.includes(each),
  )
}
