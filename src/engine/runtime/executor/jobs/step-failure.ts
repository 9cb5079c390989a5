import { describeValue } from '#engine/record/describe.ts'
import type { FailureReport } from '#engine/runtime/wire.ts'

/** What a generated loop throws when one of its steps threw: which step, on which record. */
export class StepFailure {
  readonly thrown: unknown
  /** Index in the chain's steps; the number of steps for the map side that follows them. */
  readonly step: number
  readonly record: unknown

  constructor(thrown: unknown, step: number, record: unknown) {
    this.thrown = thrown
    this.step = step
    this.record = record
  }
}

/** A job's failure with the address of its cause; the only thing that leaves a computation by being thrown. */
export class JobFailure {
  readonly report: FailureReport

  constructor(report: FailureReport) {
    this.report = report
  }
}

/** Longest record text in a report, in characters. */
const MAX_RECORD = 500
const MAX_MESSAGE = 2_000

/** Message of anything that user code may throw: hostile getters included, never throws. */
export function messageOf(thrown: unknown): string {
  try {
    if (typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string') {
      const name = 'name' in thrown && typeof thrown.name === 'string' ? thrown.name : 'Error'
      return cut(`${name}: ${thrown.message}`, MAX_MESSAGE)
    }
    return cut(describeValue(thrown), MAX_MESSAGE)
  } catch {
    return 'something that cannot be shown'
  }
}

export function recordText(record: unknown): string {
  return describeValue(record, MAX_RECORD)
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
