import { Graph, layout } from '@dagrejs/dagre'
import type { Edge, Pipeline, PipelineNode, Point } from '#engine/model/pipeline.ts'
import { crossings } from './crossings.ts'
import { boundsOf, GAP_X, GAP_Y, type Move, NODE_HEIGHT, NODE_WIDTH } from './geometry.ts'

interface Placed {
  readonly width: number
  readonly height: number
  readonly x?: number
  readonly y?: number
}

/** New places, left to right along the edges, of the nodes in `ids` (all when fewer than two are named); nodes without
 *  edges stand in a row below. The upper left corner of what is laid out stays, every other node stays, and nodes that
 *  would not move are left out. */
export function tidy(pipeline: Pipeline, ids: readonly string[]): readonly Move[] {
  const some = new Set(ids.length > 1 ? ids : pipeline.nodes.map((node) => node.id))
  const nodes = pipeline.nodes.filter((node) => some.has(node.id))
  const corner = boundsOf(nodes)
  if (corner === undefined) return []
  const edges = pipeline.edges.filter((edge) => some.has(edge.from) && some.has(edge.to))
  const inEdges = new Set(edges.flatMap((edge) => [edge.from, edge.to]))
  const ranked = rank(
    nodes.filter((node) => inEdges.has(node.id)),
    edges,
  )
  const placed = atCorner(bestWayUp(pipeline, ranked), [corner.x, corner.y])
  const bottom = placed.length === 0 ? corner.y : Math.max(...placed.map(({ at }) => at[1])) + NODE_HEIGHT + 2 * GAP_Y
  const alone = nodes
    .filter((node) => !inEdges.has(node.id))
    .map(({ id }, index): Move => ({ id, at: [corner.x + index * (NODE_WIDTH + GAP_X), bottom] }))
  const before = new Map(nodes.map((node) => [node.id, node.at]))
  return [...placed, ...alone].filter(({ id, at }) => {
    const old = before.get(id)
    return old === undefined || old[0] !== at[0] || old[1] !== at[1]
  })
}

/** Middles of the nodes in ranks along the edges. */
function rank(nodes: readonly PipelineNode[], edges: readonly Edge[]): readonly Move[] {
  const graph = new Graph<object, Placed, object>({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: GAP_Y, ranksep: GAP_X, edgesep: GAP_Y / 2 })
  for (const { id } of nodes) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT })
  edges.forEach((edge, index) => {
    graph.setEdge(edge.from, edge.to, {}, String(index))
  })
  layout(graph)
  return nodes.map(({ id }) => {
    const { x = 0, y = 0 } = graph.node(id) ?? {}
    return { id, at: [x, y] }
  })
}

/** The library knows no ports: upside down may be the layout in which fewer edges cross. */
function bestWayUp(pipeline: Pipeline, placed: readonly Move[]): readonly Move[] {
  const mirrored = placed.map(({ id, at: [x, y] }): Move => ({ id, at: [x, -y] }))
  return crossings(pipeline, mirrored) < crossings(pipeline, placed) ? mirrored : placed
}

/** Shifts a layout so that its upper left corner is `corner`, to whole numbers. */
function atCorner(placed: readonly Move[], corner: Point): readonly Move[] {
  const left = Math.min(...placed.map(({ at }) => at[0]))
  const top = Math.min(...placed.map(({ at }) => at[1]))
  return placed.map(({ id, at: [x, y] }) => ({
    id,
    at: [Math.round(x - left + corner[0]), Math.round(y - top + corner[1])],
  }))
}
