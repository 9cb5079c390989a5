import { invariant } from '#engine/model/invariant.ts'
import type { JsonObject } from '#engine/model/json.ts'
import type { BoundOperator, LowerContext, Operator } from '#engine/operator/operator.ts'
import type { OutputAction, StreamId, StreamSpec } from '#engine/operator/stream-spec.ts'

/** What an operator made of one node whose inputs are queues. */
export interface RecordedLowering {
  readonly bound: BoundOperator
  /** The streams it added; ids of its inputs come before theirs. */
  readonly streams: ReadonlyMap<StreamId, StreamSpec>
  readonly inputs: readonly StreamId[]
  readonly result: StreamId
  /** Streams that are kept, and those that are checkpointed with their intervals. */
  readonly persisted: readonly StreamId[]
  readonly intervals: readonly (readonly [StreamId, number])[]
  readonly outputs: readonly { readonly stream: StreamId; readonly action: OutputAction }[]
}

interface Surroundings {
  /** Streams per port, two on a port that takes many; all slide by this. */
  readonly inputSlideMs?: number
  readonly defaultParallelism?: number
}

/** Binds and lowers one node `n` the way the compiler does, and records what comes of it. */
export function recordLowering(operator: Operator, params: JsonObject, around: Surroundings = {}): RecordedLowering {
  const { inputSlideMs = 1000, defaultParallelism = 2 } = around
  const bind = operator.bind('n', params)
  invariant(bind.ok, `parameters of ${operator.name} are right: ${JSON.stringify(bind)}`)
  const bound = bind.value
  const ports = new Map<string, StreamId[]>()
  let next = 0
  /** The stream that holds the states behind a port that reads them. */
  const hidden = operator.inputs.some((port) => port.accepts === 'states') ? [next++] : []
  for (const port of operator.inputs) ports.set(port.name, port.many ? [next++, next++] : [next++])
  const inputs = hidden.length > 0 ? hidden : [...ports.values()].flat()
  const streams = new Map<StreamId, StreamSpec>()
  const outputs: { stream: StreamId; action: OutputAction }[] = []
  const persisted: StreamId[] = []
  const intervals: [StreamId, number][] = []
  const context: LowerContext = {
    node: 'n',
    batchMs: 1000,
    defaultParallelism,
    inputs: (port) => ports.get(port) ?? [],
    input: (port = 'in') => {
      const first = ports.get(port)?.[0]
      invariant(first !== undefined, `${operator.name} declares the port ${port}`)
      return first
    },
    slideMs: (stream) => (inputs.includes(stream) ? inputSlideMs : slideOf(streams.get(stream), inputSlideMs)),
    spec: (stream) =>
      streams.get(stream) ?? {
        kind: 'narrow',
        step: 'flatMap',
        parent: hidden[0] ?? stream,
        fn: { name: 'mapped', node: 'm', source: 'x => x' },
      },
    userFn: (param) => {
      const source = bound.functions[param]
      invariant(source !== undefined, `function ${param} is present`)
      return { name: `n.${param}`, node: 'n', param, source }
    },
    ownFn: (source) => ({ name: `own ${source}`, node: 'n', source }),
    add: (stream) => {
      streams.set(next, stream)
      return next++
    },
    persist: (stream) => persisted.push(stream),
    checkpoint: (stream, intervalMs) => intervals.push([stream, intervalMs]),
    output: (stream, action) => outputs.push({ stream, action }),
  }
  return { bound, streams, inputs, result: bound.lower(context), outputs, persisted, intervals }
}

/** The streams that were added, in order, with each function as its source. */
export function printStreams(lowering: RecordedLowering): readonly unknown[] {
  const printed: readonly unknown[] = JSON.parse(
    JSON.stringify([...lowering.streams.values()], (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'source' in value ? value.source : value,
    ),
  )
  return printed
}

/** Parents of a stream. */
export function parentsOf(stream: StreamSpec): readonly StreamId[] {
  if (stream.kind === 'source') return []
  return 'parents' in stream ? stream.parents : [stream.parent]
}

function slideOf(stream: StreamSpec | undefined, inputSlideMs: number): number {
  return stream !== undefined && 'slideMs' in stream ? stream.slideMs : inputSlideMs
}
