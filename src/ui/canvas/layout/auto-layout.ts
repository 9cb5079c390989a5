import { Graph, layout } from '@dagrejs/dagre'
import type { Pipeline, Point } from '#engine/model/pipeline.ts'
import { boundsOf, GAP_X, GAP_Y, NODE_HEIGHT, NODE_WIDTH } from './geometry.ts'

/** Where one node stands after a layout. */
export interface Move {
  readonly id: string
  readonly at: Point
}

interface Placed {
  readonly width: number
  readonly height: number
  readonly x?: number
  readonly y?: number
}

/** New places, left to right along the edges, of the nodes in `ids` (all when fewer than two are named). The upper left
 *  corner of what is laid out stays, every other node stays, and nodes that would not move are left out. */
export function tidy(pipeline: Pipeline, ids: readonly string[]): readonly Move[] {
  const some = new Set(ids.length > 1 ? ids : pipeline.nodes.map((node) => node.id))
  const nodes = pipeline.nodes.filter((node) => some.has(node.id))
  const corner = boundsOf(nodes)
  if (corner === undefined) return []

  const graph = new Graph<object, Placed, object>({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: GAP_Y, ranksep: GAP_X, edgesep: GAP_Y / 2 })
  // The library keeps its nodes in plain objects, so it gets names that no property has.
  const names = new Map(nodes.map((node, index) => [node.id, `n${index}`]))
  for (const name of names.values()) graph.setNode(name, { width: NODE_WIDTH, height: NODE_HEIGHT })
  pipeline.edges.forEach((edge, index) => {
    const from = names.get(edge.from)
    const to = names.get(edge.to)
    if (from !== undefined && to !== undefined) graph.setEdge(from, to, {}, `e${index}`)
  })
  layout(graph)

  const corners = nodes.map((node): Move => {
    const placed = graph.node(names.get(node.id) ?? '')
    return { id: node.id, at: [(placed?.x ?? 0) - NODE_WIDTH / 2, (placed?.y ?? 0) - NODE_HEIGHT / 2] }
  })
  const left = Math.min(...corners.map(({ at }) => at[0]))
  const top = Math.min(...corners.map(({ at }) => at[1]))
  return corners
    .map(({ id, at }): Move => ({ id, at: [Math.round(at[0] - left + corner.x), Math.round(at[1] - top + corner.y)] }))
    .filter(({ id, at }) => nodes.some((node) => node.id === id && (node.at[0] !== at[0] || node.at[1] !== at[1])))
}
