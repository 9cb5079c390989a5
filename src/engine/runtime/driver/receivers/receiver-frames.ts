import { findInReceiver } from '#engine/compile/receiver-module.ts'
import type { CodeFrame } from '#engine/model/batch-data.ts'
import type { ReceiverState } from '#engine/model/run-state.ts'
import type { Thrown } from '#engine/runtime/receiver/receiver-wire.ts'
import type { CustomReceiverOptions } from './custom-receiver-options.ts'

/** Calls in a receiver's module as places in the document. They may be anything that the user's code has made of a stack: those that lead nowhere are left out. */
export function framesIn(
  calls: Thrown['calls'],
  { node, param, prelude, code }: Pick<CustomReceiverOptions, 'node' | 'param' | 'prelude' | 'code'>,
): readonly CodeFrame[] {
  return (calls ?? []).flatMap(({ line: moduleLine, ...call }) => {
    const found = findInReceiver(prelude, code, moduleLine)
    if (found === undefined) return []
    return [{ ...call, ...(found.isShared ? {} : { node, param }), line: found.line }]
  })
}

/** What a receiver's state tells of an error. */
export function errorOf(
  message: string,
  { error, calls }: Thrown,
  place: Parameters<typeof framesIn>[1],
): Required<Pick<ReceiverState, 'lastError' | 'errorFrames'>> {
  return { lastError: error === '' ? message : `${message}: ${error}`, errorFrames: framesIn(calls, place) }
}
