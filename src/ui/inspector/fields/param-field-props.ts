import type { Diagnostic, Fix } from '#engine/model/diagnostic.ts'
import type { Json } from '#engine/model/json.ts'
import type { Result } from '#engine/model/result.ts'
import type { ParamSpec } from '#engine/operator/param.ts'
import type { CodePlace } from '#ui/state/session-store.ts'

/** What every field of a parameter gets. */
export interface ParamFieldProps<S extends ParamSpec = ParamSpec> {
  readonly node: string
  readonly param: string
  readonly spec: S
  /** As the document has it; undefined when it is left out. */
  readonly value: Json | undefined
  readonly required: boolean
  /** What holds when it is left out. */
  readonly fallback: Json | undefined
  readonly id: string
  readonly diagnostics: readonly Diagnostic[]
  /** Takes the focus whenever this grows. */
  readonly focusCount: number
  /** The place in a function that is wanted then. */
  readonly focusAt: CodePlace | undefined
  write(value: Json | undefined): Result<unknown, readonly Diagnostic[]>
  fix(fix: Fix): void
}
