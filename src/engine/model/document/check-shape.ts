import * as v from 'valibot'
import { type Diagnostic, type JsonPath, problem } from '#engine/model/diagnostic.ts'
import type { Json } from '#engine/model/json.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { textOf } from './schema-text.ts'

const MAX_PROBLEMS = 50

/** JSON checked against a schema of document-schema.ts, defaults filled in; `path` is where it stands in the document.
 *  Fails: the codes of the schema, at most 50 and a count of the rest; never throws */
export function checkShape<T>(schema: v.GenericSchema<unknown, T>, json: Json, path: JsonPath): Result<T> {
  const parsed = v.safeParse(schema, json, { abortPipeEarly: true })
  if (parsed.success) return ok(parsed.output)
  const problems = parsed.issues.slice(0, MAX_PROBLEMS).map((issue) => toDiagnostic(issue, path))
  const rest = parsed.issues.length - problems.length
  if (rest > 0) problems.push(problem('pipeline/more-problems', `There are ${rest} more problems.`, { path }))
  return err(problems)
}

function toDiagnostic(issue: v.BaseIssue<unknown>, base: JsonPath): Diagnostic {
  const steps = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)))
  const { code, message, hint } = textOf(issue)
  const path = [...base, ...steps]
  return problem(code, message, hint === undefined ? { path } : { path, hint })
}
