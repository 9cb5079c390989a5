import { findClosestName } from '#engine/model/closest-name.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { problem } from '#engine/model/diagnostic.ts'
import type { Json, JsonObject } from '#engine/model/json.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import type { Param, Params, ParamValues } from './param.ts'
import { checkParam } from './param-kinds.ts'

/** The parameters of one node, read from the document. */
export interface ParsedParams<P extends Params> {
  readonly values: ParamValues<P>
  /** Source of every function parameter that is present. */
  readonly functions: Readonly<Record<string, string>>
  readonly warnings: readonly Diagnostic[]
}

/** Reads a node's parameters against what its operator says of them.
 *  `null` for a parameter that may be left out means the same as leaving it out, unless it is a JSON value.
 *  Fails: with every problem of every parameter, warnings included */
export function parseParams<P extends Params>(params: P, node: string, raw: JsonObject): Result<ParsedParams<P>> {
  const diagnostics: Diagnostic[] = [...unknownParams(params, node, raw)]
  const values: Record<string, Json | undefined> = {}
  const functions: Record<string, string> = {}
  for (const [name, param] of Object.entries(params)) {
    const value = findValue(param, name, raw)
    if (value === undefined) {
      if (param.required) diagnostics.push(missingParam(param, node, name))
      values[name] = param.fallback
      continue
    }
    diagnostics.push(...checkParam(param.spec, value, { node, param: name }))
    values[name] = value
    if (param.spec.kind === 'function' && typeof value === 'string') functions[name] = value
  }
  if (diagnostics.some(({ severity }) => severity === 'error')) return err(diagnostics)
  // Each value has passed the check of its own kind, which promises the type that the parameter carries.
  return ok({ values: values as ParamValues<P>, functions, warnings: diagnostics })
}

/** Parameters that a new node starts with. */
export function initialParams(params: Params): JsonObject {
  const initial: Record<string, Json> = {}
  for (const [name, param] of Object.entries(params)) if (param.initial !== undefined) initial[name] = param.initial
  return initial
}

function findValue(param: Param, name: string, raw: JsonObject): Json | undefined {
  const value = Object.hasOwn(raw, name) ? raw[name] : undefined
  return value === null && !param.required && param.spec.kind !== 'json' ? undefined : value
}

function missingParam({ spec, initial }: Param, node: string, param: string): Diagnostic {
  const fix =
    initial === undefined ? {} : { fixes: [{ label: `Use ${JSON.stringify(initial)}`, param, value: initial }] }
  return problem('param/missing', `${spec.label} is missing.`, { node, param, hint: spec.help, ...fix })
}

function unknownParams(params: Params, node: string, raw: JsonObject): readonly Diagnostic[] {
  const known = Object.keys(params)
  return Object.keys(raw)
    .filter((name) => !Object.hasOwn(params, name))
    .map((name) => {
      const meant = findClosestName(name, known)
      const all = known.length === 0 ? 'This operator has no parameters.' : `It knows: ${known.join(', ')}.`
      const hint = meant === undefined ? all : `Did you mean ${meant}?`
      return {
        code: 'param/unknown',
        severity: 'warning',
        message: `Unknown parameter ${name}: it is ignored.`,
        hint,
        node,
      }
    })
}
