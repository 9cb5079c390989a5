import { printValue } from '#engine/record/print-record.ts'

/** Texts that a reader would take for something else when they stand without quotes. */
const misleading = /^$|^\s|\s$|^-?\d|^["[{]|^(?:null|undefined|true|false|NaN|-?Infinity)$|\p{Cc}|\p{Cf}/u

/** Text of one table cell: a string stands without quotes unless it could be taken for another kind of record. */
export function printCell(value: unknown): string {
  return typeof value === 'string' && !misleading.test(value) ? value : printValue(value)
}
