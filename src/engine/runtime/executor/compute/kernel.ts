import { copyRecord } from '#engine/rdd/core/copy-record.ts'
import { describeValue } from '#engine/record/describe.ts'
import { type KeyForm, keyForm } from '#engine/record/key-form.ts'
import { StepFailure } from '#engine/runtime/executor/jobs/step-failure.ts'

/** What the generated loops call of the engine: they are text and cannot import. See compile/print-chain.ts. */
export interface StageKernel {
  /** The results of a flatMap function as an array. */
  items(value: unknown): readonly unknown[]
  notAPair(record: unknown): never
  /** `reach` finds the record at the positions. */
  stepFailure(
    thrown: unknown,
    step: number,
    reach: (...positions: readonly unknown[]) => unknown,
    positions: readonly unknown[],
  ): StepFailure
  keyForm(key: unknown): KeyForm
  copyRecord(record: unknown): unknown
}

export const stageKernel: StageKernel = {
  items,
  notAPair,
  stepFailure: (thrown, step, reach, positions) =>
    thrown instanceof StepFailure ? thrown : new StepFailure(thrown, step, reach(...positions)),
  keyForm,
  copyRecord,
}

function items(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return [...value]
  if (typeof value === 'object' && value !== null && Symbol.iterator in value) return [...(value as Iterable<unknown>)] // checked on this line
  throw new TypeError(`the function must return an array or another iterable, not ${describeValue(value, 60)}`)
}

/** Whether a record can go where pairs are needed. */
export function isPair(record: unknown): record is readonly [unknown, unknown] {
  return Array.isArray(record) && record.length === 2
}

function notAPair(record: unknown): never {
  throw new TypeError(`expected a pair [key, value], got ${describeValue(record, 60)}`)
}
