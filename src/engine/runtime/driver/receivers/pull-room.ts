/** Records that may wait on one side when no rate limits them. */
const MOST_HELD = 50_000
const UNLIMITED_WINDOW = 2_000

interface Flow {
  /** Records a second; Infinity = no limit. */
  readonly rate: number
  readonly intervalMs: number
}

/** Records that may wait in a receiver's worker before store makes callers wait: those of one block interval. */
export function windowOf({ rate, intervalMs }: Flow): number {
  return Math.max(1, Math.min(UNLIMITED_WINDOW, Math.ceil((rate * intervalMs) / 1000)))
}

interface Place {
  /** Records that wait for the rate limit in the driver. */
  readonly waiting: number
  /** Whole blocks that may be stored beside those that are being stored. */
  readonly free: number
  /** Batches have fallen behind. */
  readonly isHeld: boolean
}

export interface Pull {
  readonly records: number
  readonly blocks: number
  readonly window: number
}

/** What may be pulled now: as many records as two block intervals let through, less those that wait. While blocks cannot be stored none are
 *  cut, and there is no more room. */
export function pullOf(flow: Flow, { waiting, free, isHeld }: Place): Pull {
  const window = windowOf(flow)
  if (isHeld) return { records: 0, blocks: 0, window }
  const most = Math.min(MOST_HELD, Math.ceil((2 * flow.rate * flow.intervalMs) / 1000) + 1)
  return { records: Math.max(0, most - waiting), blocks: Math.max(0, free), window }
}

/** All that is there, for an end. */
export function everything(flow: Flow, { free }: Place): Pull {
  return { records: MOST_HELD, blocks: Math.max(0, free), window: windowOf(flow) }
}
