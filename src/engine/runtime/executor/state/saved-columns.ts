import { invariant } from '#engine/model/invariant.ts'
import { printTaggedList } from '#engine/record/print-tagged-list.ts'
import { RecordError } from '#engine/record/record-error.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'

// The pieces of which the texts of saved states are made.

/** Columns of records and of whole numbers as one JSON object.
 *  Fails: RecordError; the one that `rows` have when written one by one, so that it tells where in a row the fault lies */
export function printColumns(
  records: Readonly<Record<string, readonly unknown[]>>,
  numbers: Readonly<Record<string, readonly number[]>>,
  rows: () => readonly unknown[],
): string {
  try {
    const members = [
      ...Object.entries(numbers).map(([name, column]) => `"${name}":${JSON.stringify(column)}`),
      ...Object.entries(records).map(([name, column]) => `"${name}":${printTaggedList(column)}`),
    ]
    return `{${members.join(',')}}`
  } catch (error) {
    if (error instanceof RecordError) printTaggedList(rows())
    throw error
  }
}

/** The records of a column. */
export function decodedList(json: unknown): readonly unknown[] {
  const records = decodeTagged(json)
  invariant(Array.isArray(records), 'records are a list')
  return records
}

/** Whole numbers by how far each is from the one before, which takes fewer digits. */
export function gapsOf(numbers: readonly number[]): readonly number[] {
  return numbers.map((number, at) => number - (at === 0 ? 0 : (numbers[at - 1] ?? 0)))
}

/** The same without the zeros at the end, for numbers of which it is known how many they are. */
export function shortGapsOf(numbers: readonly number[]): readonly number[] {
  const gaps = gapsOf(numbers)
  let length = gaps.length
  while (length > 0 && gaps[length - 1] === 0) length -= 1
  return gaps.slice(0, length)
}

export function fromGaps(gaps: readonly number[], count = gaps.length): readonly number[] {
  const numbers: number[] = []
  let number = 0
  for (let at = 0; at < count; at++) {
    number += gaps[at] ?? 0
    numbers.push(number)
  }
  return numbers
}
