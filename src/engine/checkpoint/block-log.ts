import * as v from 'valibot'
import { wholeOf } from '#engine/runtime/driver/receivers/block-text.ts'
import type { Allocations, ReceivedBlock } from '#engine/runtime/driver/receivers/block-tracker.ts'
import { listForm, timeForm, countForm as whole } from './bounds.ts'

// The log of received blocks: what the driver knows of each is always in it, its records only while the receivers' write-ahead log is on.
// Block and records are one entry, so that both are stored or neither.

export const blockKey = (id: number): string => `block/${id}`
export const allocationKey = (timeMs: number): string => `allocation/${timeMs}`

const blockForm = v.object({
  id: whole,
  inputStreamId: whole,
  records: whole,
  payload: v.optional(
    v.variant('kind', [
      v.object({ kind: v.literal('lines'), text: v.string(), count: whole }),
      v.object({ kind: v.picklist(['json', 'tagged']), text: v.string() }),
    ]),
  ),
})
/** A block every 10 ms through the longest batch. */
const MAX_BLOCKS_OF_BATCH = 10_000_000
const allocationForm = v.tuple([timeForm, listForm(whole, MAX_BLOCKS_OF_BATCH)])

export function printBlock({ payload, ...known }: ReceivedBlock, withRecords: boolean): string {
  return JSON.stringify(withRecords && payload !== undefined ? { ...known, payload: wholeOf(payload) } : known)
}

export function printAllocation(timeMs: number, ids: readonly number[]): string {
  return JSON.stringify([timeMs, ids])
}

/** What the log of a directory holds. */
export interface StoredBlocks {
  /** In order of arrival; those without payload died with the driver that had them in memory. */
  readonly blocks: readonly ReceivedBlock[]
  readonly allocations: Allocations
  /** What was there and could not be read. */
  readonly damaged: readonly string[]
}

/** Reads the log of received blocks, which may hold newer blocks than the metadata knows of.
 *  Source: ReceivedBlockTracker.recoverPastEvents; dstream-semantics §7.5 */
export function readBlockLog(entries: ReadonlyMap<string, string>): StoredBlocks {
  const blocks: ReceivedBlock[] = []
  const allocations: [number, number[]][] = []
  const damaged: string[] = []
  for (const [key, text] of entries) {
    if (key.startsWith('block/')) {
      const block = parse(blockForm, text)
      if (block === undefined) damaged.push(key)
      else blocks.push({ ...block, payload: block.payload })
    } else if (key.startsWith('allocation/')) {
      const allocation = parse(allocationForm, text)
      if (allocation === undefined) damaged.push(key)
      else allocations.push(allocation)
    }
  }
  blocks.sort((a, b) => a.id - b.id)
  allocations.sort(([a], [b]) => a - b)
  return { blocks, allocations, damaged }
}

function parse<T>(form: v.GenericSchema<unknown, T>, text: string): T | undefined {
  try {
    const parsed = v.safeParse(form, JSON.parse(text))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}
