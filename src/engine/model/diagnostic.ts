import type { Json } from './json.ts'

/** How much a Diagnostic matters: an error stops the run, a warning and an info do not. */
export type Severity = 'error' | 'warning' | 'info'

/** Where something stands inside a JSON document: keys and array positions from the root. */
export type JsonPath = readonly (string | number)[]

/** Offsets inside the source of one function, in UTF-16 units; `to` is excluded. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** A remedy that can be applied for the user: give `param` of the diagnostic's node this value. */
export interface Fix {
  readonly label: string
  readonly param: string
  readonly value: Json
}

/** Something the user can mend: what is wrong, where, and what to do next. */
export interface Diagnostic {
  /** `area/what-is-wrong`, stable: tests and documentation name it. */
  readonly code: string
  readonly severity: Severity
  readonly message: string
  /** The next step, as a sentence. */
  readonly hint?: string
  readonly node?: string
  readonly param?: string
  readonly path?: JsonPath
  /** Inside the function source that `node` and `param` name. */
  readonly span?: Span
  readonly fixes?: readonly Fix[]
}

/** A path as people write it: `nodes[3].params.fn`. */
export function printPath(path: JsonPath): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[A-Za-z_$][\w$]*$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}

/** One line for the command line: `node.param: message (hint)`, with the path in place of an absent node. */
export function printDiagnostic(diagnostic: Diagnostic): string {
  const { node, param, path, message, hint } = diagnostic
  const where = node !== undefined ? (param === undefined ? node : `${node}.${param}`) : printPath(path ?? [])
  const line = `${where === '' ? '' : `${where}: `}${message}${hint === undefined ? '' : ` (${hint})`}`
  // A message may quote the user's text; the reader of standard error counts lines.
  return line.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
}

/** An error Diagnostic; the rest of its fields by name. */
export function problem(
  code: string,
  message: string,
  where: Omit<Diagnostic, 'code' | 'message' | 'severity'> = {},
): Diagnostic {
  return { code, severity: 'error', message, ...where }
}
