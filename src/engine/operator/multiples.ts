import type { Fix } from '#engine/model/diagnostic.ts'
import { isMultipleOf, printMs } from '#engine/model/time.ts'

/** The nearest durations below and above that are multiples of `periodMs`, as remedies for `param`. */
export function multipleFixes(param: string, durationMs: number, periodMs: number): readonly Fix[] {
  const below = Math.floor(durationMs / periodMs) * periodMs
  const above = below + periodMs
  const candidates = isMultipleOf(durationMs, periodMs) ? [] : [below, above].filter((value) => value > 0)
  return candidates.map((value) => ({ label: `Use ${printMs(value)}`, param, value }))
}
