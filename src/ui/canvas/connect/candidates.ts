import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { freshId } from '#engine/model/fresh-id.ts'
import {
  DEFAULT_PORT,
  type Edge,
  type Pipeline,
  type PipelineNode,
  type Point,
  portOf,
} from '#engine/model/pipeline.ts'
import type { Operator } from '#engine/operator/operator.ts'

/** Why an edge may not be drawn, as `#engine/compile/can-connect.ts` tells it. */
export type WhyNot = (pipeline: Pipeline, edge: Edge) => Diagnostic | undefined

/** What the pure parts need to know beside the document. */
export interface Rules {
  readonly operators: readonly Operator[]
  findOperator(name: string): Operator | undefined
  readonly whyNot: WhyNot
}

/** Where a new operator shall fit: behind a node, in front of a port, into an edge, or anywhere. */
export type Fit =
  | { readonly kind: 'anywhere' }
  | { readonly kind: 'after'; readonly from: string }
  | { readonly kind: 'before'; readonly to: string; readonly port: string }
  | { readonly kind: 'into'; readonly position: number }

/** An edge, its port named only when it is not the default one. */
export function edgeOf(from: string, to: string, port: string): Edge {
  return port === DEFAULT_PORT ? { from, to } : { from, to, port }
}

/** A node of this operator with the parameters that new nodes start with. */
export function newNode(pipeline: Pipeline, operator: Operator, at: Point): PipelineNode {
  return { id: freshId(pipeline, operator.name), op: operator.name, params: operator.initialParams(), at }
}

/** The first legal edge between two nodes: free ports first, as a person would choose. */
export function findLegalEdge(pipeline: Pipeline, from: string, to: string, rules: Rules): Edge | undefined {
  const target = pipeline.nodes.find((node) => node.id === to)
  const ports = target && rules.findOperator(target.op)?.inputs
  if (ports === undefined || from === to) return undefined
  const used = new Set(pipeline.edges.filter((edge) => edge.to === to).map(portOf))
  return ports
    .filter((port) => port.many || !used.has(port.name))
    .map((port) => edgeOf(from, to, port.name))
    .find((edge) => rules.whyNot(pipeline, edge) === undefined)
}

/** The edges that a new node needs to stand where `fit` says; undefined when it does not fit. */
export function edgesFor(pipeline: Pipeline, node: PipelineNode, fit: Fit, rules: Rules): readonly Edge[] | undefined {
  const trial = { ...pipeline, nodes: [...pipeline.nodes, node] }
  switch (fit.kind) {
    case 'anywhere':
      return []
    case 'after': {
      const edge = findLegalEdge(trial, fit.from, node.id, rules)
      return edge && [edge]
    }
    case 'before': {
      const edge = edgeOf(node.id, fit.to, fit.port)
      return rules.findOperator(node.op)?.output === undefined || rules.whyNot(trial, edge) ? undefined : [edge]
    }
    case 'into': {
      const split = pipeline.edges[fit.position]
      if (split === undefined || rules.findOperator(node.op)?.output === undefined) return undefined
      const open = { ...trial, edges: pipeline.edges.filter((_edge, position) => position !== fit.position) }
      const first = findLegalEdge(open, split.from, node.id, rules)
      if (first === undefined) return undefined
      const second = edgeOf(node.id, split.to, portOf(split))
      const joined = { ...open, edges: [...open.edges, first] }
      return rules.whyNot(joined, second) === undefined ? [first, second] : undefined
    }
  }
}

/** The operators that fit, in the registry's order. Looks only at what lies upstream, so that it stays quick in large documents. */
export function fittingOperators(pipeline: Pipeline, fit: Fit, rules: Rules): readonly Operator[] {
  const near = fit.kind === 'after' ? upstream(pipeline, fit.from) : pipeline
  return rules.operators.filter((operator) => edgesFor(near, newNode(near, operator, [0, 0]), fit, rules) !== undefined)
}

/** Nodes that a new edge out of `from` may end in, with the edge. */
export function legalTargets(pipeline: Pipeline, from: string, rules: Rules): readonly Edge[] {
  return pipeline.nodes.flatMap((node) => findLegalEdge(pipeline, from, node.id, rules) ?? [])
}

/** The document with nothing but `id` and what flows into it. */
function upstream(pipeline: Pipeline, id: string): Pipeline {
  const kept = new Set([id])
  for (const reached of kept) {
    for (const edge of pipeline.edges) if (edge.to === reached) kept.add(edge.from)
  }
  return {
    ...pipeline,
    nodes: pipeline.nodes.filter((node) => kept.has(node.id)),
    edges: pipeline.edges.filter((edge) => kept.has(edge.to)),
    groups: [],
  }
}
