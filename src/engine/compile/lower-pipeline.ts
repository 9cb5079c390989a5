import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { invariant } from '#engine/model/invariant.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { changesArguments, type SharedChanges, sharedChanges } from '#engine/operator/changes-arguments.ts'
import type { Feed } from '#engine/operator/feed.ts'
import type { FunctionRef } from '#engine/operator/function-ref.ts'
import { findKnownFunction } from '#engine/operator/known-function.ts'
import type { LowerContext } from '#engine/operator/operator.ts'
import { parsePrelude } from '#engine/operator/parse-function.ts'
import type { OutputSpec, StreamId, StreamSpec } from '#engine/operator/stream-spec.ts'
import { checkPipeline } from './check-pipeline.ts'
import type { CheckedNode, CheckedPipeline } from './checked-pipeline.ts'
import { memoryOf } from './conf.ts'
import { spendCores } from './executors.ts'
import { functionsModule, moduleUrl } from './functions-module.ts'
import { defaultParallelism, setParallelism } from './master.ts'
import { parentsOf } from './parents.ts'
import type { Plan, PlanInput, PlanStream } from './plan.ts'
import { stagesModule } from './stages-module.ts'

export interface LowerOptions {
  /** What `local[*]` stands for. */
  readonly machineCores: number
  /** Feeds that replace those of the named source nodes (the command line's --input). */
  readonly feeds?: Readonly<Record<string, Feed>>
  /** Nodes whose every record is wanted (the command line's --collect); each becomes an output operation. */
  readonly collect?: readonly string[]
}

/** Compiles a document into a plan.
 *  Fails: every diagnostic of the document when one of them is an error. */
export function lowerPipeline(pipeline: Pipeline, options: LowerOptions): Result<Plan> {
  const checked = checkPipeline(pipeline, options.collect)
  if (!checked.runnable) return err(checked.diagnostics.filter((each: Diagnostic) => each.severity === 'error'))
  const lowering = new Lowering(checked, options)
  lowering.run()
  const spent = spendCores(checked, options.machineCores, options.feeds)
  const streams = lowering.finish()
  const { settings } = pipeline
  const stages = stagesModule(
    streams,
    `${pipeline.name} ${settings.seed}`,
    new Set(lowering.outputs.map(({ stream }) => stream)),
  )
  const own = lowering.functions.filter((each) => each.param === undefined)
  const users = lowering.functions.filter((each) => each.param !== undefined)
  return ok({
    name: pipeline.name,
    batchMs: settings.batchMs,
    seed: settings.seed,
    cores: spent.cores,
    executors: spent.executors,
    defaultParallelism: lowering.parallelism,
    executorMemoryBytes: memoryOf(settings.conf, 'spark.executor.memory'),
    parallelism: setParallelism(settings),
    checkpointing: settings.checkpoint,
    streams,
    inputs: lowering.inputs,
    aliases: lowering.aliases(),
    outputs: lowering.outputs,
    functions: [...users, ...own],
    prelude: settings.prelude,
    accumulators: settings.accumulators ?? [],
    broadcasts: settings.broadcasts ?? [],
    functionsText: functionsModule(settings.prelude, users, own, pipeline.name),
    stagesText: `${stages.text}\n//# sourceURL=${moduleUrl(pipeline.name, 'stages')}`,
    chains: stages.chains,
  })
}

/** Streams of one plan while they are made. */
class Lowering {
  readonly streams: PlanStream[] = []
  readonly inputs: PlanInput[] = []
  readonly outputs: OutputSpec[] = []
  readonly functions: FunctionRef[] = []
  readonly parallelism: number
  private readonly checked: CheckedPipeline
  private readonly options: LowerOptions
  private readonly streamOf = new Map<string, StreamId>()
  private readonly asked = new Set<StreamId>()
  private readonly intervals = new Map<StreamId, number>()
  private readonly pendingOutputs = new Map<string, OutputSpec[]>()
  private readonly shared: SharedChanges
  private readonly names: readonly string[]

  constructor(checked: CheckedPipeline, options: LowerOptions) {
    this.checked = checked
    this.options = options
    const { settings } = checked.pipeline
    const prelude = parsePrelude(settings.prelude ?? '')
    invariant(prelude.ok, 'the shared code was checked')
    this.shared = sharedChanges(prelude.value)
    this.names = prelude.value.names
    this.parallelism = defaultParallelism(settings, spendCores(checked, options.machineCores).cores)
  }

  run(): void {
    for (const checked of this.checked.nodes.values()) {
      if (!this.wanted(checked)) continue
      invariant(checked.bound !== undefined, `node ${checked.node.id} was checked`)
      this.streamOf.set(checked.node.id, checked.bound.lower(this.context(checked)))
    }
    // Output ids and input ids count in the document's order, as a Spark program registers them in the order of its text.
    for (const node of this.checked.pipeline.nodes) {
      this.outputs.push(...(this.pendingOutputs.get(node.id) ?? []))
      // An output's stream is that of the node before it: only the node that made a source is its input.
      const stream = this.streams.find((each) => each.node === node.id && each.spec.kind === 'source')
      if (stream !== undefined)
        this.inputs.push({ inputStreamId: this.inputs.length, node: node.id, stream: stream.id })
    }
    for (const node of this.options.collect ?? []) {
      const stream = this.streamOf.get(node)
      if (stream !== undefined)
        this.outputs.push({ node, name: `collect at ${node}`, stream, action: { kind: 'collect' } })
    }
  }

  /** Streams with what depends on the whole graph: visibility and persistence. */
  finish(): readonly PlanStream[] {
    const visible = new Set(
      [...this.streamOf]
        .filter(([id]) => this.checked.nodes.get(id)?.operator?.output !== undefined)
        .map(([, stream]) => stream),
    )
    const persisted = new Set([...this.asked].map((id) => this.firstUnwindowed(id)))
    for (const { id, spec } of this.streams) {
      if (spec.kind === 'state' || spec.kind === 'mapWithState' || spec.kind === 'reducedWindow') persisted.add(id)
      if (spec.kind === 'reducedWindow') persisted.add(spec.parent)
      if (spec.kind === 'windowed') persisted.add(this.firstUnwindowed(spec.parent))
    }
    return this.streams.map((stream) => ({
      ...stream,
      visible: visible.has(stream.id),
      persist: persisted.has(stream.id),
      checkpointMs: this.intervals.get(stream.id),
    }))
  }

  /** Nodes that hand on the stream of another one. */
  aliases(): Readonly<Record<string, string>> {
    const aliases: Record<string, string> = {}
    for (const [node, stream] of this.streamOf) {
      const owner = this.streams[stream]?.node
      const isStream = this.checked.nodes.get(node)?.operator?.output !== undefined
      if (isStream && owner !== undefined && owner !== node) aliases[node] = owner
    }
    return aliases
  }

  private firstUnwindowed(id: StreamId): StreamId {
    const spec = this.streams[id]?.spec
    return spec?.kind === 'windowed' ? this.firstUnwindowed(spec.parent) : id
  }

  private wanted({ live, off }: CheckedNode): boolean {
    return live && !off
  }

  private context({ node, operator, inputs }: CheckedNode): LowerContext {
    const slideMs = (stream: StreamId): number =>
      this.streams[stream]?.slideMs ?? this.checked.pipeline.settings.batchMs
    const streamsOn = (port: string): readonly StreamId[] =>
      (inputs.get(port) ?? []).map((from) => this.streamOf.get(from)).filter((each) => each !== undefined)
    const remember = (fn: FunctionRef): FunctionRef => {
      if (!this.functions.some((each) => each.name === fn.name)) this.functions.push(fn)
      return fn
    }
    return {
      node: node.id,
      batchMs: this.checked.pipeline.settings.batchMs,
      defaultParallelism: this.parallelism,
      inputs: streamsOn,
      input: (port = 'in') => {
        const [first] = streamsOn(port)
        invariant(first !== undefined, `input ${port} of ${node.id} is connected`)
        return first
      },
      slideMs,
      spec: (stream) => {
        const spec = this.streams[stream]?.spec
        invariant(spec !== undefined, `stream ${stream} was added`)
        return spec
      },
      userFn: (param) => {
        const source = this.checked.nodes.get(node.id)?.bound?.functions[param]
        invariant(source !== undefined, `function ${node.id}.${param} is present`)
        const changes = changesArguments(source, this.shared) ? { changes: true as const } : {}
        return remember({
          name: `${node.id}.${param}`,
          node: node.id,
          param,
          source,
          ...changes,
          ...this.known(source),
        })
      },
      ownFn: (source) =>
        remember({ name: `${node.id}#${this.functions.length}`, node: node.id, source, ...this.known(source) }),
      add: (spec) => this.add(node.id, spec, slideMs),
      persist: (stream) => this.asked.add(stream),
      checkpoint: (stream, intervalMs) => {
        const target = this.holderOf(stream)
        this.intervals.set(target, intervalMs)
        this.asked.add(target)
      },
      output: (stream, action) => {
        const spec: OutputSpec = { node: node.id, name: `${operator?.name ?? node.op} at ${node.id}`, stream, action }
        this.pendingOutputs.set(node.id, [...(this.pendingOutputs.get(node.id) ?? []), spec])
      },
    }
  }

  /** What mapWithState shows is taken out of a hidden stream of its own, which holds the states: that one is checkpointed. A stream of
   *  stateSnapshots is taken out of it too, but is one like any other.
   *  Source: MapWithStateDStreamImpl.checkpoint, stateSnapshots */
  private holderOf(id: StreamId): StreamId {
    const stream = this.streams[id]
    if (stream?.spec.kind !== 'narrow') return id
    const parent = this.streams[stream.spec.parent]
    return parent?.spec.kind === 'mapWithState' && parent.node === stream.node ? parent.id : id
  }

  private known(source: string): Pick<FunctionRef, 'known'> {
    const known = findKnownFunction(source, this.names)
    return known === undefined ? {} : { known }
  }

  private add(node: string, spec: StreamSpec, slideMs: (stream: StreamId) => number): StreamId {
    const id = this.streams.length
    const { feeds = {} } = this.options
    const replaced = spec.kind === 'source' && Object.hasOwn(feeds, node) ? feeds[node] : undefined
    const [parent] = parentsOf(spec)
    const slide =
      'slideMs' in spec ? spec.slideMs : parent === undefined ? this.checked.pipeline.settings.batchMs : slideMs(parent)
    this.streams.push({
      id,
      node,
      visible: false,
      slideMs: slide,
      persist: false,
      checkpointMs: undefined,
      spec: replaced === undefined ? spec : { kind: 'source', feed: replaced },
    })
    return id
  }
}
