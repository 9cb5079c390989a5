import type { StreamId } from '#engine/operator/stream-spec.ts'
import type { GeneratedJob } from '#engine/runtime/driver/graph/dstream-graph.ts'
import { type RddHandle, specOf, unknownBelow } from '#engine/runtime/driver/graph/lineage.ts'
import { wholeOf } from '#engine/runtime/driver/receivers/block-text.ts'
import type { Encode } from '#engine/runtime/executor/packed/packed-block.ts'
import type { RddId, RddSpec } from '#engine/runtime/rdd-spec.ts'
import type { BatchOrder, KeptPayload, Payload } from '#engine/runtime/wire.ts'
import { asciiOf } from './block-bytes.ts'

/** What executors are told for a job. */
export interface Telling {
  /** Parents first. */
  readonly rdds: readonly RddHandle[]
  /** Of each. */
  readonly specs: readonly RddSpec[]
}

/** What one set of executors has been told; a new set starts with nothing and is told all that it needs. */
export class Told {
  private readonly ids = new Map<RddId, StreamId>()
  private forgotten: RddId[] = []

  /** The RDDs to tell for a job. */
  tell(job: GeneratedJob): Telling {
    const isKnown = (id: RddId): boolean => this.ids.has(id)
    const rdds = unknownBelow([job.rdd], isKnown)
    const specs = rdds.map((rdd) => specOf(rdd, isKnown))
    for (const { spec } of rdds) this.ids.set(spec.id, spec.stream)
    return { rdds, specs }
  }

  /** Executors need not keep the RDDs of other streams: should a job need one again, they are told again. */
  keepOnly(streams: ReadonlySet<StreamId>): void {
    for (const [id, stream] of this.ids) {
      if (streams.has(stream)) continue
      this.ids.delete(id)
      this.forgotten.push(id)
    }
  }

  forget(rdds: Iterable<RddHandle>): void {
    for (const { spec } of rdds) if (this.ids.delete(spec.id)) this.forgotten.push(spec.id)
  }

  takeForgotten(): readonly RddId[] {
    const { forgotten } = this
    this.forgotten = []
    return forgotten
  }
}

/** The message for one executor. Payloads go only to the executor on which their partition lives. */
export function orderFor(
  { output, rdd }: GeneratedJob,
  { rdds, specs }: Telling,
  forget: readonly RddId[],
  options: Pick<
    BatchOrder,
    'timeMs' | 'keep' | 'traced' | 'seq' | 'shared' | 'wholes' | 'account' | 'slow' | 'beside'
  > & {
    readonly index: number
    readonly executors: number
    /** Absent: all blocks go as text. */
    readonly encode?: Encode | undefined
    /** Streams whose blocks are read as bytes; see Plan.byteStreams. */
    readonly byteStreams: readonly StreamId[]
  },
): BatchOrder {
  const { index, encode, byteStreams, ...rest } = options
  const { executors } = rest
  const blocks = rdds.flatMap(({ spec, payloads }) => {
    const encodes = byteStreams.includes(spec.stream) ? encode : undefined
    return payloads.flatMap((payload, partition) =>
      partition % executors === index ? [{ rdd: spec.id, partition, payload: sent(payload, encodes) }] : [],
    )
  })
  const jobs = [{ output, rdd: rdd.spec.id }] as const
  return { kind: 'batch', rdds: specs, blocks, jobs, forget, ...rest }
}

function sent(payload: KeptPayload, encode: Encode | undefined): Payload {
  if (payload.kind === 'saved') return payload
  return (encode === undefined ? undefined : asciiOf(payload, encode)) ?? wholeOf(payload)
}
