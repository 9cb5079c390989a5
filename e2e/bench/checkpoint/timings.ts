/** What the clocks of timed-build.ts have shown, in ms of the driver's own clock. */
export interface Timings {
  readonly sections: readonly (readonly [name: string, beganMs: number, ms: number])[]
  /** From the generation to the last job's end, and until the driver has taken up what they left. */
  readonly batches: readonly (readonly [timeMs: number, beganMs: number, computedMs: number, endMs: number])[]
  /** Steps of the store: when they began, until they were stored, and characters of edits, wholes and all else. */
  readonly steps: readonly (readonly [beganMs: number, storedMs: number, edit: number, whole: number, other: number])[]
  readonly executors: readonly (readonly [index: number, timeMs: number, ms: number])[]
  /** When a stored run was put in place. */
  readonly restarts: readonly number[]
  /** Steps that are not stored yet. */
  readonly sending: number
}

/** What one batch took, and what of it was its checkpoint's. */
export interface BatchCost {
  readonly timeMs: number
  readonly batchMs: number
  /** The driver's worker did nothing else for so long. */
  readonly driverMs: number
  /** Of the executor that took longest: the others do it meanwhile. */
  readonly executorMs: number
  /** From the end of its last job until what it left was stored. */
  readonly storedMs: number
  readonly editChars: number
  readonly wholeChars: number
  readonly otherChars: number
}

/** By batch, from its generation to the next one's. The last one, which has no end, is left out. */
export function costsOf({ sections, batches, steps, executors }: Timings): readonly BatchCost[] {
  const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0)
  return batches.slice(0, -1).map(([timeMs, beganMs, computedMs, endMs], place): BatchCost => {
    const untilMs = batches[place + 1]?.[1] ?? endMs
    const isOf = (atMs: number): boolean => atMs >= beganMs && atMs < untilMs
    const own = steps.filter(([atMs]) => isOf(atMs))
    const kept = steps.find(([atMs]) => atMs >= computedMs)
    return {
      timeMs,
      batchMs: endMs - beganMs,
      driverMs: sum(sections.filter(([, atMs]) => isOf(atMs)).map(([, , ms]) => ms)),
      executorMs: Math.max(0, ...executors.filter(([, ofMs]) => ofMs === timeMs).map(([, , ms]) => ms)),
      storedMs: kept === undefined ? Number.NaN : kept[0] + kept[1] - computedMs,
      editChars: sum(own.map(([, , edit]) => edit)),
      wholeChars: sum(own.map(([, , , whole]) => whole)),
      otherChars: sum(own.map(([, , , , other]) => other)),
    }
  })
}

export function shareOf({ driverMs, executorMs, batchMs }: BatchCost): number {
  return (driverMs + executorMs) / batchMs
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN
}

export function mean(values: readonly number[]): number {
  return values.reduce((all, each) => all + each, 0) / values.length
}
