import type { Json } from '#engine/model/json.ts'
import { findOperator } from '#engine/registry.ts'
import { documentOf, type NodeText } from './document.ts'

// Figures of Spark's own suites: see `origin` in spark-cases.json for where they come from and what their fields mean.

type Batches = readonly (readonly Json[] | null)[]

interface Operand {
  readonly input: 1 | 2 | 3
  readonly ops?: readonly Op[]
}

type Op = { readonly op: string; readonly with?: Operand | readonly Operand[] } & Readonly<Record<string, unknown>>

export interface SparkCase {
  readonly id: string
  readonly title: string
  readonly operator: string
  readonly batchMs: number
  readonly parallelism: number
  readonly inputPartitions: number
  readonly input: Batches
  readonly input2?: Batches
  readonly input3?: Batches
  readonly source?: { readonly kind: 'queueStream'; readonly oneAtATime: boolean }
  readonly ops: readonly Op[]
  readonly numBatches: number
  readonly unordered: boolean
  readonly skipEmpty?: boolean
  readonly suiteAssertion?: string
  readonly expected: readonly (readonly Json[])[]
  readonly expectedTimesMs?: readonly number[]
  readonly expectedPartitionCount?: readonly number[]
  readonly expectedSnapshots?: readonly (readonly Json[])[]
  readonly expectError?: { readonly batch: number; readonly messageContains?: string }
  readonly sinks?: readonly { readonly kind: string }[]
  readonly recovery?: {
    readonly batchesBeforeRestart: number
    readonly expectedBeforeRestart: readonly (readonly Json[])[]
    readonly expectedAfterRestart: readonly (readonly Json[])[]
  }
}

/** The cases in the text of spark-cases.json. */
export function readSparkCases(text: string): readonly SparkCase[] {
  return (JSON.parse(text) as { cases: readonly SparkCase[] }).cases // our own file; what tests read of it they assert
}

/** Operators that the case needs and that do not exist. */
export function missingOperators(each: SparkCase): readonly string[] {
  const names = [...namesOf(each.ops), ...(each.sinks ?? []).map((sink) => sink.kind)]
  return [...new Set(names.filter((name) => findOperator(name) === undefined))]
}

function namesOf(ops: readonly Op[]): readonly string[] {
  return ops.flatMap((op) => [op.op, ...operandsOf(op).flatMap((operand) => namesOf(operand.ops ?? []))])
}

function operandsOf(op: Op): readonly Operand[] {
  if (op.with === undefined) return []
  return 'input' in op.with ? [op.with] : op.with
}

/** The node whose stream the case looks at, and the one with its state, if any. */
export const RESULT = 'result'
export const SNAPSHOTS = 'snapshots'

/** The case as a document, with the records of its sources beside it unless they are in a queue. */
export function documentOfCase(each: SparkCase): {
  readonly document: object
  readonly inputs: Readonly<Record<string, { readonly batches: Batches; readonly partitions: number }>>
} {
  const nodes: Record<string, NodeText> = {}
  const inputs: Record<string, { batches: Batches; partitions: number }> = {}
  const batches = [each.input, each.input2, each.input3]
  batches.forEach((batch, index) => {
    if (batch === undefined) return
    const { inputPartitions: partitions } = each
    nodes[`input${index + 1}`] = [
      'queueStream',
      each.source === undefined ? { batches: [] } : { batches: batch, partitions },
    ]
    if (each.source === undefined) inputs[`input${index + 1}`] = { batches: batch, partitions }
  })
  const chain = (ops: readonly Op[], from: string, name: string): string => {
    let last = from
    ops.forEach((op, index) => {
      const operator = findOperator(op.op)
      const others = operandsOf(op).map((operand, place) =>
        chain(operand.ops ?? [], `input${operand.input}`, `${name}${index}with${place}`),
      )
      const port = operator?.inputs[0]?.many === true ? operator.inputs[0].name : operator?.inputs[1]?.name
      const id = `${name}${index}`
      const params = Object.fromEntries(
        Object.entries(op).flatMap(([key, value]) => {
          const param = key === 'initialState' ? 'initial' : key
          return operator !== undefined && Object.hasOwn(operator.params, param) ? [[param, value]] : []
        }),
      )
      nodes[id] = [op.op, params, last, ...others.map((other) => `${other}>${port}`)]
      last = id
    })
    return last
  }
  const end = chain(each.ops, 'input1', 'op')
  nodes[RESULT] = ['mapPartitions', { fn: 'records => records' }, end]
  nodes.out = ['print', {}, RESULT]
  if (each.expectedSnapshots !== undefined) {
    nodes[SNAPSHOTS] = ['stateSnapshots', {}, end]
    nodes.states = ['print', {}, SNAPSHOTS]
  }
  const settings = { batchMs: each.batchMs, master: `local[${each.parallelism}]` }
  return { document: documentOf(nodes, settings), inputs }
}

/** A record for comparison: what is absent is null, as in the figures. */
export function normal(record: Json): Json {
  if (Array.isArray(record)) return record.map(normal)
  if (typeof record !== 'object' || record === null) return record
  return '$' in record && record.$ === 'undefined' ? null : record
}
