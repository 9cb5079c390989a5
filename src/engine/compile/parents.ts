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
