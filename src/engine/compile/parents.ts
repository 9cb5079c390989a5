import type { FunctionRef } from '#engine/operator/function-ref.ts'
import type { StreamId, StreamKind, StreamSpec } from '#engine/operator/stream-spec.ts'

type Of<K extends StreamKind> = Extract<StreamSpec, { kind: K }>

const parentsByKind: { readonly [K in StreamKind]: (spec: Of<K>) => readonly StreamId[] } = {
  source: () => [],
  narrow: (spec) => [spec.parent],
  partitionwise: (spec) => [spec.parent],
  union: (spec) => spec.parents,
  appended: (spec) => [spec.parent],
  shuffled: (spec) => [spec.parent],
  cogrouped: (spec) => spec.parents,
  windowed: (spec) => [spec.parent],
  reducedWindow: (spec) => [spec.parent],
  state: (spec) => [spec.parent],
  transformed: (spec) => spec.parents,
  repartitioned: (spec) => [spec.parent],
  mapWithState: (spec) => [spec.parent],
}

/** The streams that a stream reads. */
export function parentsOf(spec: StreamSpec): readonly StreamId[] {
  const parents = parentsByKind[spec.kind] as (spec: StreamSpec) => readonly StreamId[] // the table pairs each kind with its own spec
  return parents(spec)
}

const functionsByKind: { readonly [K in StreamKind]: (spec: Of<K>) => readonly (FunctionRef | undefined)[] } = {
  source: ({ feed }) => (feed.kind === 'simulated' && feed.generator.kind === 'custom' ? [feed.generator.fn] : []),
  narrow: (spec) => [spec.fn],
  partitionwise: (spec) => [spec.fn],
  union: () => [],
  appended: () => [],
  shuffled: ({ combine }) => {
    if (combine.kind === 'reduce') return [combine.fn]
    return combine.kind === 'group' ? [] : [combine.create, combine.mergeValue, combine.mergeCombiner]
  },
  cogrouped: () => [],
  windowed: () => [],
  reducedWindow: (spec) => [spec.reduce, spec.inverse, spec.filter],
  state: (spec) => [spec.update.fn],
  transformed: (spec) => [spec.fn],
  repartitioned: () => [],
  mapWithState: (spec) => [spec.fn],
}

/** The functions that a stream calls. */
export function functionsOf(spec: StreamSpec): readonly FunctionRef[] {
  const functions = functionsByKind[spec.kind] as (spec: StreamSpec) => readonly (FunctionRef | undefined)[] // as above
  return functions(spec).filter((each) => each !== undefined)
}
