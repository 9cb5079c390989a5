import { ok, type Result } from '#engine/model/result.ts'
import type * as Reader from './parse-function.ts'
import type { FunctionSource, PreludeSource } from './parse-function.ts'

// Stands in for parse-function.ts in the page's build (scripts/vite/late-functions.ts), never in the driver's: what runs has been read there.
// Until the parser has come, text is neither praised nor blamed; the page then checks its document anew.

let reader: typeof Reader | undefined
let arriving: Promise<void> | undefined

/** Fails: rejects when it cannot be loaded; then the next call tries again */
export function fetchReader(): Promise<void> {
  arriving ??= import('./parse-function.ts').then(
    (arrived) => {
      reader = arrived
    },
    (error: unknown) => {
      arriving = undefined
      throw error
    },
  )
  return arriving
}

export function parseFunction(...given: Parameters<typeof Reader.parseFunction>): Result<FunctionSource> {
  return reader?.parseFunction(...given) ?? ok({ source: given[0], parameterCount: undefined })
}

export const extraParameters: typeof Reader.extraParameters = (...given) => reader?.extraParameters(...given) ?? []

export function parsePrelude(text: string): Result<PreludeSource> {
  return reader?.parsePrelude(text) ?? ok({ source: text, names: [] })
}

void ({ fetchReader, parseFunction, extraParameters, parsePrelude } satisfies typeof Reader)
