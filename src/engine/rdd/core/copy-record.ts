import { dateMs, setOwn, shapeOf } from '#engine/record/shape.ts'

/** A copy that shares no array, object or date with the record, so that a function may change the zero value it is
 *  given: Spark serialises that value anew for every task and key. What is no record is returned as it is. */
export function copyRecord(record: unknown): unknown {
  if (typeof record !== 'object' || record === null) return record
  const shape = shapeOf(record)
  if (shape === 'date') return new Date(dateMs(record))
  if (Array.isArray(record)) return record.map(copyRecord)
  if (shape === undefined) return record
  const copy: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(record)) setOwn(copy, name, copyRecord(member))
  return copy
}
