import * as v from 'valibot'

// What is read of a checkpoint may be a stranger's: every number and every list of it has a bound that no run of ours comes near.

/** Partitions of an RDD whose records are stored. */
export const MAX_STORED_PARTITIONS = 65_536
/** Numbers that count up, with room to count on. */
export const MAX_COUNT = 2 ** 50
/** Dates go no further, ms to either side of 1970. */
export const MAX_TIME_MS = 8.64e15
/** Characters of a name: of a node, a stream, a series. */
export const MAX_NAME_LENGTH = 1000

export const countForm = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_COUNT))
export const timeForm = v.pipe(v.number(), v.minValue(-MAX_TIME_MS), v.maxValue(MAX_TIME_MS))
export const nameForm = v.pipe(v.string(), v.maxLength(MAX_NAME_LENGTH))

/** A list of so many at most; of a longer one nothing is looked at. */
export function listForm<T>(item: v.GenericSchema<unknown, T>, most: number) {
  return v.pipe(
    v.custom<readonly unknown[]>((list) => Array.isArray(list) && list.length <= most, `More than ${most}`),
    v.array(item),
  )
}
