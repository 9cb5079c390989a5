import type { Pipeline, PipelineNode } from '#engine/model/pipeline.ts'
import { portOf } from '#engine/model/pipeline.ts'

/** The document's nodes with their inputs, in an order in which inputs come first. */
export interface Graph {
  /** Kahn's order, ties by the document's order; nodes on a cycle or behind one are absent. */
  readonly order: readonly PipelineNode[]
  /** Nodes on a cycle or behind one. */
  readonly cyclic: readonly PipelineNode[]
  /** node → port → ids of the nodes whose streams enter it, in edge order. */
  readonly inputs: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>
  /** Ids of nodes that are switched off, or that lost every input because others are. */
  readonly off: ReadonlySet<string>
}

/** Resolves edges and order. Edges that name unknown nodes are left out (the parser has refused them before). */
export function resolveGraph(pipeline: Pipeline): Graph {
  const byId = new Map(pipeline.nodes.map((node) => [node.id, node]))
  const inputs = new Map<string, Map<string, string[]>>()
  const consumers = new Map<string, string[]>()
  const waiting = new Map<string, number>(pipeline.nodes.map((node) => [node.id, 0]))
  for (const edge of pipeline.edges) {
    if (!byId.has(edge.from) || !byId.has(edge.to)) continue
    const ports = inputs.get(edge.to) ?? new Map<string, string[]>()
    inputs.set(edge.to, ports)
    ports.set(portOf(edge), [...(ports.get(portOf(edge)) ?? []), edge.from])
    consumers.set(edge.from, [...(consumers.get(edge.from) ?? []), edge.to])
    waiting.set(edge.to, (waiting.get(edge.to) ?? 0) + 1)
  }
  const order = sortTopologically(pipeline.nodes, consumers, waiting)
  const sorted = new Set(order)
  const off = switchedOff(order, inputs)
  return {
    order,
    cyclic: pipeline.nodes.filter((node) => !sorted.has(node)),
    inputs: withoutSwitchedOff(inputs, off),
    off,
  }
}

function sortTopologically(
  nodes: readonly PipelineNode[],
  consumers: ReadonlyMap<string, readonly string[]>,
  waiting: Map<string, number>,
): PipelineNode[] {
  const order: PipelineNode[] = []
  let ready = nodes.filter((node) => waiting.get(node.id) === 0)
  const place = new Map(nodes.map((node, index) => [node.id, index]))
  const byPlace = new Map(nodes.map((node) => [node.id, node]))
  while (ready.length > 0) {
    const next: PipelineNode[] = []
    for (const node of ready) {
      order.push(node)
      for (const consumer of consumers.get(node.id) ?? []) {
        const left = (waiting.get(consumer) ?? 0) - 1
        waiting.set(consumer, left)
        const found = byPlace.get(consumer)
        if (left === 0 && found !== undefined) next.push(found)
      }
    }
    ready = next.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
  }
  return order
}

function switchedOff(
  order: readonly PipelineNode[],
  inputs: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
): Set<string> {
  const off = new Set<string>()
  for (const node of order) {
    const ports = [...(inputs.get(node.id)?.values() ?? [])]
    if (node.disabled === true || ports.some((from) => from.every((id) => off.has(id)))) off.add(node.id)
  }
  return off
}

function withoutSwitchedOff(
  inputs: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>,
  off: ReadonlySet<string>,
): Map<string, Map<string, string[]>> {
  const kept = new Map<string, Map<string, string[]>>()
  for (const [node, ports] of inputs) {
    const left = [...ports].map(
      ([port, from]) => [port, off.has(node) ? [...from] : from.filter((id) => !off.has(id))] as const,
    )
    kept.set(node, new Map(left))
  }
  return kept
}
