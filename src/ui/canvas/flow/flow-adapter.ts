// The document as React Flow's nodes and edges, and React Flow's changes as edits. Pure; nothing here is kept but a cache.
import {
  type EdgeChange,
  type Edge as FlowEdgeOf,
  type Node as FlowNodeOf,
  type NodeChange,
  Position,
} from '@xyflow/react'
import type { EditOf } from '#engine/model/edit.ts'
import { DEFAULT_PORT, type Pipeline, type PipelineNode, type Point, portOf } from '#engine/model/pipeline.ts'
import type { Operator } from '#engine/operator/operator.ts'
import { HANDLE_SIZE, NODE_HEIGHT, NODE_WIDTH, portY } from '#ui/canvas/layout/geometry.ts'
import type { Selection } from '#ui/state/session-store.ts'

/** The handle that a node's stream leaves from. */
export const OUT_HANDLE = 'out'

/** What a node is drawn with; its figures and words come from the stores, by id. */
export type FlowNode = FlowNodeOf<Ports, 'operator'>

/** `position` of the edge in the document, its only name there. */
export type FlowEdge = FlowEdgeOf<{ readonly position: number }, 'stream'>

/** Handles of a node: what its operator has, and what edges use although it has not, so that they can be seen and removed. */
export interface Ports extends Record<string, unknown> {
  readonly inputs: readonly string[]
  readonly output: boolean
}

/** What the adapter has to be told of operators and words. */
export interface Surroundings {
  findOperator(name: string): Operator | undefined
  /** Accessible names. */
  nodeLabel(node: PipelineNode, operator: Operator | undefined): string
  edgeLabel(from: string, to: string): string
  /** What assistive technology calls a node and an edge. */
  readonly roles: { readonly node: string; readonly edge: string }
}

/** Places of nodes while a drag has not ended. */
export type Dragged = ReadonlyMap<string, Point>

interface Drawn {
  readonly node: PipelineNode
  readonly ports: string
  readonly selected: boolean
  readonly at: Point
  readonly flow: FlowNode
}

/** Gives equal nodes the object they had before, so that React draws only what changed. */
export class FlowNodes {
  #drawn = new Map<string, Drawn>()

  /** React Flow's nodes of the document, in its order. */
  update(pipeline: Pipeline, selection: Selection, dragged: Dragged, around: Surroundings): FlowNode[] {
    const selected = new Set(selection.nodes)
    const ports = portsOf(pipeline, around)
    const drawn = new Map<string, Drawn>()
    for (const node of pipeline.nodes) {
      const mine = ports.get(node.id) ?? { inputs: [], output: false }
      const next = {
        node,
        ports: `${mine.inputs.join()}>${mine.output}`,
        selected: selected.has(node.id),
        at: dragged.get(node.id) ?? node.at,
      }
      const before = this.#drawn.get(node.id)
      drawn.set(node.id, before && same(before, next) ? before : { ...next, flow: toFlowNode(next, mine, around) })
    }
    this.#drawn = drawn
    return [...drawn.values()].map((each) => each.flow)
  }
}

function same(before: Drawn, next: Omit<Drawn, 'flow'>): boolean {
  return (
    before.node === next.node &&
    before.ports === next.ports &&
    before.selected === next.selected &&
    before.at[0] === next.at[0] &&
    before.at[1] === next.at[1]
  )
}

function toFlowNode(next: Omit<Drawn, 'flow'>, ports: Ports, around: Surroundings): FlowNode {
  const half = HANDLE_SIZE / 2
  const handle = { width: HANDLE_SIZE, height: HANDLE_SIZE }
  const inputs = ports.inputs.map((id, index) => ({
    ...handle,
    id,
    type: 'target' as const,
    position: Position.Left,
    x: -half,
    y: portY(index, ports.inputs.length) - half,
  }))
  const output = {
    ...handle,
    id: OUT_HANDLE,
    type: 'source' as const,
    position: Position.Right,
    x: NODE_WIDTH - half,
    y: NODE_HEIGHT / 2 - half,
  }
  return {
    id: next.node.id,
    type: 'operator',
    position: { x: next.at[0], y: next.at[1] },
    data: ports,
    selected: next.selected,
    width: NODE_WIDTH,
    height: NODE_HEIGHT,
    measured: { width: NODE_WIDTH, height: NODE_HEIGHT },
    handles: ports.output ? [...inputs, output] : inputs,
    ariaLabel: around.nodeLabel(next.node, around.findOperator(next.node.op)),
    domAttributes: { 'aria-roledescription': around.roles.node },
  }
}

function portsOf(pipeline: Pipeline, around: Surroundings): ReadonlyMap<string, Ports> {
  const used = new Map<string, { inputs: Set<string>; output: boolean }>()
  for (const node of pipeline.nodes) {
    const operator = around.findOperator(node.op)
    used.set(node.id, {
      inputs: new Set(operator?.inputs.map((port) => port.name)),
      output: operator === undefined || operator.output !== undefined,
    })
  }
  for (const edge of pipeline.edges) {
    used.get(edge.to)?.inputs.add(portOf(edge))
    const from = used.get(edge.from)
    if (from !== undefined) from.output = true
  }
  return new Map([...used].map(([id, each]) => [id, { inputs: [...each.inputs], output: each.output }]))
}

/** Gives equal edges the object they had before, so that React draws only what changed. */
export class FlowEdges {
  #drawn = new Map<string, FlowEdge>()

  /** React Flow's edges of the document; equal edges are told apart by counting. */
  update(pipeline: Pipeline, selection: Selection, around: Surroundings): FlowEdge[] {
    const counts = new Map<string, number>()
    const selected = new Set(selection.edges)
    const drawn = new Map<string, FlowEdge>()
    for (const [position, edge] of pipeline.edges.entries()) {
      const name = `${edge.from}>${edge.to}.${portOf(edge)}`
      const count = (counts.get(name) ?? 0) + 1
      counts.set(name, count)
      const id = count === 1 ? name : `${name}#${count}`
      const before = this.#drawn.get(id)
      const isSelected = selected.has(position)
      // The id names all else.
      const isSame = before?.selected === isSelected && before.data?.position === position
      drawn.set(id, isSame ? before : toFlowEdge(edge, { id, position, selected: isSelected }, around))
    }
    this.#drawn = drawn
    return [...drawn.values()]
  }
}

function toFlowEdge(
  edge: Pipeline['edges'][number],
  { id, position, selected }: { readonly id: string; readonly position: number; readonly selected: boolean },
  around: Surroundings,
): FlowEdge {
  return {
    id,
    type: 'stream',
    source: edge.from,
    sourceHandle: OUT_HANDLE,
    target: edge.to,
    targetHandle: portOf(edge),
    selected,
    data: { position },
    ariaLabel: around.edgeLabel(edge.from, edge.to),
    domAttributes: { 'aria-roledescription': around.roles.edge },
  }
}

/** A document edge of what React Flow calls a connection. */
export function toEdge(connection: {
  readonly source: string
  readonly target: string
  readonly targetHandle?: string | null | undefined
}): Pipeline['edges'][number] {
  const port = connection.targetHandle ?? DEFAULT_PORT
  const edge = { from: connection.source, to: connection.target }
  return port === DEFAULT_PORT ? edge : { ...edge, port }
}

/** What became of the nodes' places: `dragged` while a drag goes on, then `edit` once. */
export interface MoveOutcome {
  readonly dragged: Dragged
  readonly edit?: EditOf<'moveNodes'>
}

/** Follows React Flow's position changes. A drag collects places and ends in one edit; arrow keys are edits at once. */
export function followMoves(
  pipeline: Pipeline,
  dragged: Dragged,
  changes: readonly NodeChange<FlowNode>[],
): MoveOutcome {
  const next = new Map(dragged)
  let ended = false
  for (const change of changes) {
    if (change.type !== 'position') continue
    if (change.position !== undefined)
      next.set(change.id, [Math.round(change.position.x), Math.round(change.position.y)])
    if (change.dragging !== true) ended = true
  }
  if (!ended) return { dragged: next.size === dragged.size && changes.every(isNoMove) ? dragged : next }
  const moves = pipeline.nodes.flatMap((node) => {
    const at = next.get(node.id)
    return at === undefined || (at[0] === node.at[0] && at[1] === node.at[1]) ? [] : [{ id: node.id, at }]
  })
  return { dragged: new Map(), ...(moves.length === 0 ? {} : { edit: { kind: 'moveNodes' as const, moves } }) }
}

function isNoMove(change: NodeChange<FlowNode>): boolean {
  return change.type !== 'position'
}

/** The selection after React Flow's select changes; the one given when there are none. */
export function followSelection(
  selection: Selection,
  changes: { readonly nodes?: readonly NodeChange<FlowNode>[]; readonly edges?: readonly EdgeChange<FlowEdge>[] },
  edges: readonly FlowEdge[],
): Selection {
  const positions = new Map(edges.map((edge) => [edge.id, edge.data?.position]))
  const nodes = new Set(selection.nodes)
  const marked = new Set(selection.edges)
  let touched = false
  for (const change of changes.nodes ?? []) {
    if (change.type !== 'select') continue
    touched = true
    if (change.selected) nodes.add(change.id)
    else nodes.delete(change.id)
  }
  for (const change of changes.edges ?? []) {
    const position = change.type === 'select' ? positions.get(change.id) : undefined
    if (change.type !== 'select' || position === undefined) continue
    touched = true
    if (change.selected) marked.add(position)
    else marked.delete(position)
  }
  return touched ? { nodes: [...nodes], edges: [...marked] } : selection
}
