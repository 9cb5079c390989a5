import type { Json } from '#engine/model/json.ts'

/** What every parameter says of itself; the inspector's form, the parser and the help are derived from it. */
interface ParamBase {
  readonly label: string
  /** One or two sentences for a learner: what it does, with the unit. */
  readonly help: string
  /** Shown only when the person opens "More". */
  readonly advanced?: boolean
}

/** Source of one JavaScript expression, normally an arrow function. */
export interface FunctionParam extends ParamBase {
  readonly kind: 'function'
  /** TypeScript-like signature, e.g. `(record) => boolean`. */
  readonly signature: string
  /** What the expression gives, where that is no function that is called per record: the object or the class of a receiver. */
  readonly gives?: 'receiver'
}

/** Whole milliseconds, at least 1. */
export interface DurationParam extends ParamBase {
  readonly kind: 'duration'
}

export interface IntegerParam extends ParamBase {
  readonly kind: 'integer'
  readonly min: number
  readonly max: number
}

export interface NumberParam extends ParamBase {
  readonly kind: 'number'
  readonly min: number
  readonly max: number
}

export interface TextParam extends ParamBase {
  readonly kind: 'text'
  readonly maxLength: number
}

export interface ChoiceParam<V extends string = string> extends ParamBase {
  readonly kind: 'choice'
  readonly options: readonly { readonly value: V; readonly label: string; readonly help?: string }[]
}

export interface FlagParam extends ParamBase {
  readonly kind: 'flag'
}

/** A JSON value; `shape` says which, for the form and for messages: `batches` is (Json[] | null)[], `batch` is Json[] | null, `records` is Json[],
 *  `pairs` is [key, value][], `texts` is string[]. */
export interface JsonParam extends ParamBase {
  readonly kind: 'json'
  readonly shape: 'batches' | 'batch' | 'records' | 'pairs' | 'texts'
}

/** An absolute address whose scheme is one of `schemes` (without colon). */
export interface UrlParam extends ParamBase {
  readonly kind: 'url'
  readonly schemes: readonly string[]
}

/** The closed set of parameter kinds: form fields and parsers have one entry each. */
export type ParamSpec =
  | FunctionParam
  | DurationParam
  | IntegerParam
  | NumberParam
  | TextParam
  | ChoiceParam
  | FlagParam
  | JsonParam
  | UrlParam

export type ParamKind = ParamSpec['kind']

/** A parameter as an operator holds it: what it is, and whether it may be left out. */
export interface Param<T = unknown> {
  readonly spec: ParamSpec
  readonly required: boolean
  /** Value when the document leaves it out; what a new node starts with is `initial`. */
  readonly fallback: Json | undefined
  /** What a node dropped from the palette starts with. */
  readonly initial: Json | undefined
  /** Carries the type of the parsed value; never present at run time. */
  readonly type?: T
}

export type Params = Readonly<Record<string, Param>>

/** The parsed values of `P`, by name. */
export type ParamValues<P extends Params> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never }
