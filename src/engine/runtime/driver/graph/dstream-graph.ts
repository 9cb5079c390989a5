import { parentsOf } from '#engine/compile/parents.ts'
import type { Plan, PlanStream } from '#engine/compile/plan.ts'
import { problem } from '#engine/model/diagnostic.ts'
import { invariant } from '#engine/model/invariant.ts'
import { err, ok, type Result } from '#engine/model/result.ts'
import { printMs } from '#engine/model/time.ts'
import type { StreamKind } from '#engine/operator/stream-spec.ts'
import { DemandingDStream, PassingDStream } from '#engine/runtime/driver/dstreams/derived-dstream.ts'
import { type DStream, GenerationFailure } from '#engine/runtime/driver/dstreams/dstream.ts'
import { IndexedInputDStream } from '#engine/runtime/driver/dstreams/indexed-input-dstream.ts'
import type { InputContext } from '#engine/runtime/driver/dstreams/input-dstream.ts'
import { MapWithStateDStream } from '#engine/runtime/driver/dstreams/map-with-state-dstream.ts'
import { QueueInputDStream } from '#engine/runtime/driver/dstreams/queue-input-dstream.ts'
import { ReceiverInputDStream } from '#engine/runtime/driver/dstreams/receiver-input-dstream.ts'
import { ReducedWindowDStream } from '#engine/runtime/driver/dstreams/reduced-window-dstream.ts'
import { SimulatedInputDStream } from '#engine/runtime/driver/dstreams/simulated-input-dstream.ts'
import { StateDStream } from '#engine/runtime/driver/dstreams/state-dstream.ts'
import { WindowedDStream } from '#engine/runtime/driver/dstreams/windowed-dstream.ts'
import type { RddHandle } from './lineage.ts'

/** One output operation of one batch. */
export interface GeneratedJob {
  readonly output: number
  readonly rdd: RddHandle
}

type Make = (stream: PlanStream, parents: readonly DStream[], context: InputContext, inputStreamId: number) => DStream

const passing: Make = (stream, parents, context) => new PassingDStream(stream, parents, context)
const demanding: Make = (stream, parents, context) => new DemandingDStream(stream, parents, context)

const makeByKind: Record<StreamKind, Make> = {
  source: (stream, _parents, context, inputStreamId) => {
    invariant(stream.spec.kind === 'source', 'kinds agree')
    const { feed } = stream.spec
    switch (feed.kind) {
      case 'queue':
        return new QueueInputDStream(stream, feed, inputStreamId, context)
      case 'indexed':
        return new IndexedInputDStream(stream, feed, inputStreamId, context)
      case 'simulated':
        return new SimulatedInputDStream(stream, feed, inputStreamId, context)
      case 'receiver':
        return new ReceiverInputDStream(stream, inputStreamId, context)
    }
  },
  narrow: passing,
  partitionwise: passing,
  shuffled: passing,
  union: demanding,
  appended: demanding,
  cogrouped: demanding,
  windowed: (stream, parents, context) => new WindowedDStream(stream, parents, context),
  reducedWindow: (stream, parents, context) => new ReducedWindowDStream(stream, parents, context),
  state: (stream, parents, context) => new StateDStream(stream, parents, context),
  transformed: demanding,
  repartitioned: demanding,
  mapWithState: (stream, parents, context) => new MapWithStateDStream(stream, parents, context),
}

/** The running graph: its streams, and what each output operation has to do in a batch.
 *  Source: DStreamGraph */
export class DStreamGraph {
  readonly streams: readonly DStream[]
  private readonly plan: Plan
  private readonly context: InputContext
  private rememberMs: number | undefined

  constructor(plan: Plan, context: InputContext) {
    this.plan = plan
    this.context = context
    const streams: DStream[] = []
    for (const stream of plan.streams) {
      const parents = parentsOf(stream.spec).map((id) => at(streams, id))
      const inputStreamId = plan.inputs.find((input) => input.stream === stream.id)?.inputStreamId ?? -1
      streams.push(makeByKind[stream.spec.kind](stream, parents, context, inputStreamId))
    }
    this.streams = streams
  }

  /** How long every stream keeps its RDDs at least; to be said once, before the start.
   *  Fails: run/remember-twice, Spark's IllegalArgumentException. Source: DStreamGraph.remember */
  remember(rememberMs: number): Result<void> {
    if (this.rememberMs !== undefined) {
      const message = `Remember duration already set as ${printMs(this.rememberMs)}. Cannot set it again.`
      return err([problem('run/remember-twice', message)])
    }
    this.rememberMs = rememberMs
    return ok(undefined)
  }

  /** Fixes zero time and how long each stream keeps its RDDs. */
  start(zeroMs: number): void {
    this.context.zeroMs = zeroMs
    // Parents come before children in the list, so that backwards every stream knows its own duration before it hands it on. Walking
    // from the outputs upwards, as Spark does, visits a stream once per path to it: with many unions that is for ever.
    for (const stream of this.streams) stream.initialize()
    for (const output of this.plan.outputs) {
      const stream = at(this.streams, output.stream)
      stream.rememberMs = Math.max(stream.rememberMs, this.rememberMs ?? 0)
    }
    for (const stream of [...this.streams].reverse()) stream.rememberParents()
  }

  /** The jobs of a batch, in order of registration; outputs whose stream has no RDD have none.
   *  Fails: throws a GenerationFailure, and the batch is lost */
  generateJobs(timeMs: number): readonly GeneratedJob[] {
    const jobs: GeneratedJob[] = []
    this.plan.outputs.forEach((output, index) => {
      const rdd = at(this.streams, output.stream).getOrCompute(timeMs)
      if (rdd !== undefined) jobs.push({ output: index, rdd })
    })
    return jobs
  }

  /** The RDDs of a node's stream; see DStream.slice.
   *  Fails: run/slice: no output needs the node, the graph has not started, or an RDD cannot be made */
  slice(node: string, fromMs: number, toMs: number): Result<readonly RddHandle[]> {
    const { aliases, streams } = this.plan
    const name = aliases[node] ?? node
    const visible = streams.find((stream) => stream.node === name && stream.visible)
    if (visible === undefined) return err([problem('run/slice', `No stream runs for "${node}".`, { node })])
    try {
      return ok(at(this.streams, visible.id).slice(fromMs, toMs))
    } catch (thrown) {
      if (!(thrown instanceof GenerationFailure)) throw thrown
      return err([problem('run/slice', thrown.message, { node: thrown.node })])
    }
  }

  /** Forgets what no later batch needs. */
  clearMetadata(timeMs: number): ReadonlySet<RddHandle> {
    const forgotten = new Set<RddHandle>()
    for (const stream of this.streams) stream.clearMetadata(timeMs, forgotten)
    return forgotten
  }

  /** These nodes have no RDD up to a time. */
  setBorn(born: readonly (readonly [node: string, timeMs: number])[]): void {
    const times = new Map(born)
    for (const stream of this.streams) stream.bornMs = times.get(stream.stream.node) ?? Number.NEGATIVE_INFINITY
  }

  /** The newest slide of every stateful stream at or before a time, for which `due` checkpoints them all: with them nothing before is needed. */
  lastStates(timeMs: number): readonly number[] {
    return this.streams.flatMap((stream) => stream.settleAt(timeMs))
  }

  /** No batch before this is needed any more, also to make those again that are remembered. */
  oldestNeededMs(timeMs: number): number {
    const remembered = this.streams.flatMap((stream) => [...stream.remembered().keys()])
    return Math.min(timeMs, ...remembered) - this.maxInputRememberMs()
  }

  /** How long inputs must be kept, at most over all of them. */
  maxInputRememberMs(): number {
    return this.plan.inputs.reduce((most, input) => Math.max(most, at(this.streams, input.stream).rememberMs), 0)
  }
}

function at(streams: readonly DStream[], id: number): DStream {
  const stream = streams[id]
  invariant(stream !== undefined, `stream ${id} is in the graph`)
  return stream
}
