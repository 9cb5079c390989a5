import { combineMeasures } from '#engine/model/batch-figures.ts'
import type { MeasureAction } from '#engine/operator/stream-spec.ts'
import { describeValue } from '#engine/record/describe.ts'
import { keyForm } from '#engine/record/key-form.ts'
import { isPair } from '#engine/record/print-record.ts'
import type { LoadedPlan } from '#engine/runtime/executor/compute/loaded-plan.ts'
import type { Records } from '#engine/runtime/executor/rdds/rdd.ts'
import type { MeasureCell, MeasureReport } from '#engine/runtime/wire.ts'
import { encodeRecord } from './meter.ts'
import { JobFailure, recordText } from './step-failure.ts'

/** Series of one partition that are reported apart; the smallest ones beyond are reported together. */
const MOST_CELLS = 10_000
/** Characters of a series' name; keys that agree in so many are one series. */
const MAX_NAME = 160

/** What a chart or a counter takes of each partition: a number per series.
 *  Fails: throws a JobFailure with the record that has no number, or the function that threw */
export function measure(
  partitions: ReadonlyMap<number, Records>,
  action: MeasureAction,
  node: string,
  plan: Pick<LoadedPlan, 'fn' | 'failure'>,
): readonly MeasureReport[] {
  const numberOf = numberReader(action, node, plan)
  return [...partitions].map(([partition, records]) => {
    const cells = new Map<unknown, { readonly key: unknown; value: number; records: number }>()
    for (const record of records) {
      const key = keyOf(record, action)
      const number = numberOf(record)
      const form = key === NO_KEY ? NO_KEY : formOf(key, node)
      const cell = cells.get(form)
      if (cell === undefined) cells.set(form, { key, value: number, records: 1 })
      else {
        cell.value = combineMeasures(action.combine, cell.value, number)
        cell.records += 1
      }
    }
    const all = [...cells.values()].map(({ key, value, records: count }): MeasureCell => {
      if (!Number.isFinite(value)) throw wrong(node, 'The sum of these numbers is too large for a number.', key)
      return [key === NO_KEY ? '' : nameOf(key, node), value, count]
    })
    return { partition, ...fold(all, action) }
  })
}

/** Stands for the series of records that have no key. */
const NO_KEY = Symbol('no key')

function keyOf(record: unknown, { series, keyField }: MeasureAction): unknown {
  if (series === 'one') return NO_KEY
  if (keyField !== undefined) return fieldOf(record, keyField)
  return isPair(record) ? record[0] : NO_KEY
}

function numberReader(
  { combine, fn, valueField }: MeasureAction,
  node: string,
  plan: Pick<LoadedPlan, 'fn' | 'failure'>,
): (record: unknown) => number {
  if (combine === 'count') return () => 1
  if (fn !== undefined) {
    const call = plan.fn(fn)
    return (record) => {
      let value: unknown
      try {
        value = call(record)
      } catch (thrown) {
        throw plan.failure(thrown, fn, record)
      }
      const said = `The function gave ${describeValue(value)}, which is no finite number.`
      return finite(value) ?? fail(wrong(node, said, record, fn.param))
    }
  }
  return (record) => {
    const value = valueField === undefined ? (isPair(record) ? record[1] : record) : fieldOf(record, valueField)
    return finite(value) ?? fail(wrong(node, `${whatIs(value, valueField)} ${HOW}`, record))
  }
}

const HOW = 'Give plain numbers, pairs of a key and a number, or name the field that holds the number.'

function whatIs(value: unknown, field: string | undefined): string {
  const text = describeValue(value)
  return field === undefined
    ? `${text} is no finite number.`
    : `The field "${field}" is ${text}, which is no finite number.`
}

/** A field of an object, which the record or the value of a pair is. */
function fieldOf(record: unknown, name: string): unknown {
  const object = isPair(record) ? record[1] : record
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, name)) return undefined
  return (object as Record<string, unknown>)[name] // a cast: the name is its own
}

function finite(value: unknown): number | undefined {
  const number = typeof value === 'bigint' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

function formOf(key: unknown, node: string): unknown {
  try {
    return keyForm(key)
  } catch {
    // What has no form is no record, which this refuses with the node's name.
    return encodeRecord(key, node)
  }
}

function nameOf(key: unknown, node: string): string {
  const name = JSON.stringify(encodeRecord(key, node))
  return name.length <= MAX_NAME ? name : JSON.stringify(describeValue(key, MAX_NAME / 2))
}

function fold(cells: readonly MeasureCell[], { combine }: MeasureAction): Omit<MeasureReport, 'partition'> {
  if (cells.length <= MOST_CELLS) return { cells }
  const sorted = [...cells].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
  const rest = sorted.slice(MOST_CELLS)
  const value = rest.map(([, each]) => each).reduce((a, b) => combineMeasures(combine, a, b))
  const records = rest.reduce((sum, [, , count]) => sum + count, 0)
  return { cells: sorted.slice(0, MOST_CELLS), others: [rest.length, value, records] }
}

function wrong(node: string, message: string, record: unknown, param?: string): JobFailure {
  const where = param === undefined ? { node } : { node, param }
  return new JobFailure({ ...where, message, record: recordText(record) })
}

function fail(failure: JobFailure): never {
  throw failure
}
