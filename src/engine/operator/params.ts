import type { Json } from '#engine/model/json.ts'
import type {
  ChoiceParam,
  DurationParam,
  FlagParam,
  FunctionParam,
  IntegerParam,
  JsonParam,
  NumberParam,
  Param,
  ParamSpec,
  TextParam,
  UrlParam,
} from './param.ts'

type Described<S extends ParamSpec> = Omit<S, 'kind'>

interface Start<T> {
  /** What a node dropped from the palette starts with. */
  readonly initial?: T
}

interface Defaulted<T> extends Start<T> {
  /** Value when the document leaves the parameter out. */
  readonly fallback: T
}

const required = <T>(spec: ParamSpec, initial: Json | undefined): Param<T> => ({
  spec,
  required: true,
  fallback: undefined,
  initial,
})
const optional = <T>(spec: ParamSpec, initial: Json | undefined): Param<T | undefined> => ({
  spec,
  required: false,
  fallback: undefined,
  initial,
})
const defaulted = <T>(spec: ParamSpec, fallback: Json, initial: Json | undefined): Param<T> => ({
  spec,
  required: false,
  fallback,
  initial,
})

export const functionParam = (p: Described<FunctionParam> & Start<string>): Param<string> =>
  required({ kind: 'function', ...describe(p) }, p.initial)
export const optionalFunctionParam = (p: Described<FunctionParam> & Start<string>): Param<string | undefined> =>
  optional({ kind: 'function', ...describe(p) }, p.initial)

export const durationParam = (p: Described<DurationParam> & Start<number>): Param<number> =>
  required({ kind: 'duration', ...describe(p) }, p.initial)
export const optionalDurationParam = (p: Described<DurationParam> & Start<number>): Param<number | undefined> =>
  optional({ kind: 'duration', ...describe(p) }, p.initial)

export const integerParam = (p: Described<IntegerParam> & Defaulted<number>): Param<number> =>
  defaulted({ kind: 'integer', ...describe(p) }, p.fallback, p.initial)
export const optionalIntegerParam = (p: Described<IntegerParam> & Start<number>): Param<number | undefined> =>
  optional({ kind: 'integer', ...describe(p) }, p.initial)
export const requiredIntegerParam = (p: Described<IntegerParam> & Start<number>): Param<number> =>
  required({ kind: 'integer', ...describe(p) }, p.initial)

export const numberParam = (p: Described<NumberParam> & Defaulted<number>): Param<number> =>
  defaulted({ kind: 'number', ...describe(p) }, p.fallback, p.initial)

export const textParam = (p: Described<TextParam> & Start<string>): Param<string> =>
  required({ kind: 'text', ...describe(p) }, p.initial)
export const optionalTextParam = (p: Described<TextParam> & Start<string>): Param<string | undefined> =>
  optional({ kind: 'text', ...describe(p) }, p.initial)

/** Options name the choices on their own, so that the fallback must be one of them. */
type DescribedChoice<V extends string> = Omit<ChoiceParam, 'kind' | 'options'> & {
  readonly options: ChoiceParam<V>['options']
}

export const choiceParam = <const V extends string>(p: DescribedChoice<V> & Defaulted<NoInfer<V>>): Param<V> =>
  defaulted({ kind: 'choice', ...describe(p) }, p.fallback, p.initial)

export const flagParam = (p: Described<FlagParam> & Defaulted<boolean>): Param<boolean> =>
  defaulted({ kind: 'flag', ...describe(p) }, p.fallback, p.initial)

/** `T` is the shape's own type, which the parser of the shape guarantees. */
export const jsonParam = <T extends Json>(p: Described<JsonParam> & Start<T>): Param<T> =>
  required({ kind: 'json', ...describe(p) }, p.initial)
export const optionalJsonParam = <T extends Json>(p: Described<JsonParam> & Start<T>): Param<T | undefined> =>
  optional({ kind: 'json', ...describe(p) }, p.initial)

export const urlParam = (p: Described<UrlParam> & Start<string>): Param<string> =>
  required({ kind: 'url', ...describe(p) }, p.initial)

function describe<P extends { initial?: unknown; fallback?: unknown }>(p: P): Omit<P, 'initial' | 'fallback'> {
  const { initial: _initial, fallback: _fallback, ...described } = p
  return described
}
