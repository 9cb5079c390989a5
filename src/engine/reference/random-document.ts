import type { Json } from '#engine/model/json.ts'
import { BATCH_MS, type GraphChoices, pick, type Stream } from './graph-choices.ts'
import { operatorChoices } from './operator-choices.ts'
import { NUMBER, pair, type RecordType, TEXT } from './record-type.ts'
import type { InputBatches } from './reference.ts'

export interface DocumentNode {
  readonly id: string
  readonly op: string
  readonly params: Readonly<Record<string, Json>>
  readonly at: readonly [number, number]
}

export interface RandomGraph {
  readonly document: {
    readonly settings: Readonly<Record<string, unknown>>
    readonly nodes: readonly DocumentNode[]
    readonly edges: readonly { readonly from: string; readonly to: string; readonly port?: string }[]
  } & Readonly<Record<string, unknown>>
  readonly inputs: Readonly<Record<string, InputBatches>>
  /** The inputs are fed from outside. */
  readonly isFed: boolean
  readonly collect: readonly string[]
  readonly defaultParallelism: number
  readonly batches: number
  readonly isOrdered: (id: string) => boolean
}

const texts = ['a', 'bb', 'c', 'dd', '', 'eee']
const keyed = (n: number): Json => [texts[n % 4] ?? '', n]
const numbered = (n: number): Json => [n % 3, texts[n] ?? '']

const sourceTypes: readonly { readonly type: RecordType; record(n: number): Json }[] = [
  { type: NUMBER, record: (n) => n },
  { type: TEXT, record: (n) => texts[n] ?? '' },
  { type: pair(TEXT, NUMBER), record: keyed },
  { type: pair(NUMBER, TEXT), record: numbered },
]

/** The document that the choices make: always right, and with fewer or smaller choices always simpler. */
export function graphOf(choices: GraphChoices): RandomGraph {
  const streams: Stream[] = []
  const nodes: DocumentNode[] = []
  const edges: { from: string; to: string; port?: string }[] = []
  const inputs: Record<string, InputBatches> = {}
  // A queue hands out its next batch when it is asked. Only where every batch asks for it is that the batch of the same number.
  const isInline = choices.inline && choices.sources.every(({ batches }) => !batches.includes(null))
  choices.sources.forEach((source, index) => {
    const { type, record } = pick(sourceTypes, source.type)
    const id = `source${index + 1}`
    const { partitions } = source
    const batches = source.batches.map((batch) => batch?.map(record) ?? null)
    nodes.push({ id, op: 'queueStream', params: isInline ? { batches, partitions } : { batches: [] }, at: [0, 0] })
    inputs[id] = isInline ? { batches, partitions, later: 1 } : { batches, partitions }
    streams.push({ id, op: 'queueStream', type, slideMs: BATCH_MS, ordered: true })
  })
  for (const choice of choices.nodes) {
    const chosen = pick(operatorChoices, choice.op)(choice, streams)
    if (chosen === undefined) continue
    const id = `${chosen.op}${nodes.length + 1}`
    // Two outputs must not save to one place.
    const own = 'prefix' in chosen.params ? { prefix: id } : {}
    nodes.push({ id, op: chosen.op, params: { ...chosen.params, ...own }, at: [0, 0] })
    for (const { id: from } of chosen.inputs) edges.push({ from, to: id })
    for (const { id: from } of chosen.others ?? []) edges.push({ from, to: id, port: 'other' })
    if (chosen.gives !== undefined) streams.push({ id, op: chosen.op, ...chosen.gives })
  }
  const read = new Set(edges.map(({ from }) => from))
  const collect = streams
    .map(({ id }) => id)
    .filter((id, i) => !read.has(id) || (isInline && id in inputs) || ((choices.collected >> (i % 12)) & 1) === 1)
  const { cores, parallelism } = choices
  return {
    document: {
      format: 'sluice/1',
      name: 'Random',
      settings: {
        batchMs: BATCH_MS,
        master: `local[${cores}]`,
        checkpoint: true,
        seed: 1,
        conf: parallelism === 0 ? {} : { 'spark.default.parallelism': parallelism },
      },
      nodes,
      edges,
    },
    inputs,
    isFed: !isInline,
    collect,
    defaultParallelism: parallelism === 0 ? cores : parallelism,
    batches: choices.batches,
    isOrdered: (id) => streams.find((stream) => stream.id === id)?.ordered ?? true,
  }
}
