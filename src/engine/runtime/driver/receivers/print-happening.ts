import type { ReceiverHappening } from '#engine/runtime/receiver/receiver-wire.ts'

/** What a receiver reports and goes on with. */
export function printReport(happening: Extract<ReceiverHappening, { kind: 'reportError' | 'dropped' }>): string {
  if (happening.kind === 'reportError') return withError(happening.message, happening.error)
  return `${happening.records} records were dropped: too many waited. Await what store gives, or slow the source down.`
}

export function withError(message: string, error: string): string {
  return error === '' ? message : `${message}: ${error}`
}
