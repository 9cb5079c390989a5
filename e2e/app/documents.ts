// Small pipelines whose results are known beforehand.
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'

interface Chain {
  readonly name?: string
  readonly settings?: Readonly<Record<string, unknown>>
  /** Nodes in order, each feeding the next: `[id, operator, params]`. */
  readonly nodes: readonly (readonly [id: string, op: string, params?: Readonly<Record<string, unknown>>])[]
}

/** A pipeline without branches. */
export function chain({ name = 'Journey', settings, nodes }: Chain): Pipeline {
  const parsed = parsePipeline({
    format: 'sluice/1',
    name,
    settings: { batchMs: 1000, master: 'local[2]', checkpoint: true, seed: 1, conf: {}, ...settings },
    nodes: nodes.map(([id, op, params], index) => ({ id, op, params: params ?? {}, at: [index * 240, 80] })),
    edges: nodes.slice(1).map(([to], index) => ({ from: nodes[index]?.[0], to })),
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

/** Numbers 0, 1, 2, … in batches of ten through one function into `shown`. */
export function numbersThrough(fn: string): Pipeline {
  const source = { generator: 'custom', fn: 'i => i', rowsPerSecond: 10 }
  return chain({
    nodes: [
      ['numbers', 'simulatedTextStream', source],
      ['step', 'map', { fn }],
      ['shown', 'print', { num: 20 }],
    ],
  })
}

/** Counts words for ever in `counts` and prints every count in every batch. */
export function countForEver(seed: number): Pipeline {
  return chain({
    name: 'Counts for ever',
    settings: { seed },
    nodes: [
      ['lines', 'simulatedTextStream', { generator: 'sentences', rowsPerSecond: 20 }],
      ['words', 'flatMap', { fn: "line => line.split(' ')" }],
      ['pairs', 'map', { fn: 'word => [word, 1]' }],
      ['counts', 'updateStateByKey', { fn: '(ones, count = 0) => count + ones.length' }],
      ['shown', 'print', { num: 500 }],
    ],
  })
}
