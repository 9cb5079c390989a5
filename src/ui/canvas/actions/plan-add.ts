// What adding a node or an edge means as one edit. Pure; texts for the history come from the caller.
import type { Compound, Edit } from '#engine/model/edit.ts'
import { type Edge, findNode, type Pipeline, type Point } from '#engine/model/pipeline.ts'
import type { Operator } from '#engine/operator/operator.ts'
import { edgesFor, type Fit, findLegalEdge, newNode, type Rules } from '#ui/canvas/connect/candidates.ts'
import { cornerOf, NODE_HEIGHT, NODE_WIDTH } from '#ui/canvas/layout/geometry.ts'
import { freePlace, placeBeside } from '#ui/canvas/layout/placement.ts'

/** An edit that adds a node, with the node's id. */
export interface PlannedNode {
  readonly id: string
  readonly edit: Edit
  /** Ids of the nodes it takes streams from or gives its own to. */
  readonly connectedTo: readonly string[]
}

/** A node beside the selected ones, taking their streams as far as that is legal; around `middle` when none is selected. */
export function planAdd(
  pipeline: Pipeline,
  operator: Operator,
  where: { readonly selected: readonly string[]; readonly middle: Point; readonly label: string },
  rules: Rules,
): PlannedNode {
  const anchors = where.selected.filter((id) => findNode(pipeline, id) !== undefined)
  const node = newNode(pipeline, operator, placeBeside(pipeline, anchors, where.middle))
  let trial: Pipeline = { ...pipeline, nodes: [...pipeline.nodes, node] }
  const edges: Edge[] = []
  for (const anchor of anchors) {
    const edge = findLegalEdge(trial, anchor, node.id, rules)
    if (edge === undefined) continue
    edges.push(edge)
    trial = { ...trial, edges: [...trial.edges, edge] }
  }
  return {
    id: node.id,
    edit: compound(where.label, [{ kind: 'addNodes', nodes: [node] }, ...adding(edges)]),
    connectedTo: edges.map((edge) => edge.from),
  }
}

/** A node with its middle at `middle`, connected as `fit` says; undefined when it does not fit there. */
export function planAddAt(
  pipeline: Pipeline,
  operator: Operator,
  where: { readonly middle: Point; readonly fit: Fit; readonly label: string },
  rules: Rules,
): PlannedNode | undefined {
  const { fit } = where
  // No node is moved unasked: where there is no room in an edge, the new node stands below it.
  const node = newNode(pipeline, operator, freePlace(pipeline.nodes, cornerOf(where.middle)))
  const edges = edgesFor(pipeline, node, fit, rules)
  if (edges === undefined) return undefined
  const edits: Edit[] = [
    { kind: 'addNodes', nodes: [node] },
    ...(fit.kind === 'into' ? splitting(fit.position, edges) : adding(edges)),
  ]
  return {
    id: node.id,
    edit: compound(where.label, edits),
    connectedTo: edges.map((edge) => (edge.from === node.id ? edge.to : edge.from)),
  }
}

/** Puts a node that is there, and that nothing is connected to, into the edge at `position`, standing at `at`. */
export function planInsert(
  pipeline: Pipeline,
  id: string,
  where: { readonly position: number; readonly at: Point; readonly label: string },
  rules: Rules,
): Edit | undefined {
  const node = findNode(pipeline, id)
  if (node === undefined || pipeline.edges.some((edge) => edge.from === id || edge.to === id)) return undefined
  const others = { ...pipeline, nodes: pipeline.nodes.filter((each) => each !== node) }
  const edges = edgesFor(others, node, { kind: 'into', position: where.position }, rules)
  if (edges === undefined) return undefined
  return compound(where.label, [
    { kind: 'moveNodes', moves: [{ id, at: where.at }] },
    ...splitting(where.position, edges),
  ])
}

/** The middle of the edge at `position`, where a node put into it stands. */
export function middleOfEdge(pipeline: Pipeline, position: number): Point | undefined {
  const edge = pipeline.edges[position]
  const from = edge && findNode(pipeline, edge.from)
  const to = edge && findNode(pipeline, edge.to)
  if (from === undefined || to === undefined) return undefined
  return [(from.at[0] + NODE_WIDTH + to.at[0]) / 2, (from.at[1] + to.at[1] + NODE_HEIGHT) / 2]
}

/** The second edge takes the place of the one that is split, so that the order of the inputs stays. */
function splitting(position: number, edges: readonly Edge[]): Edit[] {
  const [first, second] = edges
  if (first === undefined || second === undefined) return []
  return [
    { kind: 'removeEdges', positions: [position] },
    { kind: 'addEdges', edges: [second], positions: [position] },
    { kind: 'addEdges', edges: [first] },
  ]
}

function adding(edges: readonly Edge[]): Edit[] {
  return edges.length === 0 ? [] : [{ kind: 'addEdges', edges }]
}

function compound(label: string, edits: readonly Edit[]): Compound {
  return { kind: 'compound', label, edits }
}
