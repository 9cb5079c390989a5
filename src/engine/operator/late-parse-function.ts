import { ok, type Result } from '#engine/model/result.ts'
import type * as Reader from './parse-function.ts'
import type { FunctionSource, PreludeSource } from './parse-function.ts'

// Stands in for parse-function.ts in the page's build (scripts/vite/late-functions.ts), never in the driver's: what runs has been read there.
// Until the parser has come, text is neither praised nor blamed; the page then checks its document anew.

let reader: typeof Reader | undefined

export const readerArrives: Promise<void> | undefined = import('./parse-function.ts').then((arrived) => {
  reader = arrived
})

export function parseFunction(...given: Parameters<typeof Reader.parseFunction>): Result<FunctionSource> {
  return reader?.parseFunction(...given) ?? ok({ source: given[0], parameterCount: undefined })
}

export const extraParameters: typeof Reader.extraParameters = (...given) => reader?.extraParameters(...given) ?? []

export function parsePrelude(text: string): Result<PreludeSource> {
  return reader?.parsePrelude(text) ?? ok({ source: text, names: [] })
}

void ({ readerArrives, parseFunction, extraParameters, parsePrelude } satisfies typeof Reader)
