import type { Json } from '#engine/model/json.ts'
import { RecordError } from '#engine/record/record-error.ts'
import { decodeTagged, encodeTagged } from '#engine/record/tagged-json.ts'

/** What an accumulator holds, or what was added to it: a number, or records in tagged form.
 *  Source: LongAccumulator and DoubleAccumulator; CollectionAccumulator */
export type Amount = number | readonly Json[]

/** Amounts by accumulator, as JSON: numbers that JSON does not know are tagged. */
export type Amounts = Readonly<Record<string, Json>>

/** Records that a list accumulator holds at most. */
export const MAX_COLLECTED = 10_000

/** The amount that a JSON value stands for; undefined when it is none. */
export function parseAmount(json: Json | undefined): Amount | undefined {
  if (json === undefined || typeof json === 'number') return json
  if (Array.isArray(json)) return json
  try {
    const value = decodeTagged(json)
    return typeof value === 'number' ? value : undefined
  } catch (error) {
    if (error instanceof RecordError) return undefined
    throw error
  }
}

export function printAmount(amount: Amount): Json {
  return typeof amount === 'number' ? encodeTagged(amount) : amount
}

/** Two amounts of one accumulator together; one of another kind does not count. */
export function addAmounts(amount: Amount, more: Amount | undefined): Amount {
  if (typeof amount === 'number') return typeof more === 'number' ? amount + more : amount
  return typeof more === 'object' && more.length > 0 ? [...amount, ...more] : amount
}
