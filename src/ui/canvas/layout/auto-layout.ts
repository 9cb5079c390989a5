import { Graph, layout } from '@dagrejs/dagre'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { crossings } from './crossings.ts'
import { boundsOf, GAP_X, GAP_Y, type Move, NODE_HEIGHT, NODE_WIDTH } from './geometry.ts'

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

  const placed = nodes.map((node): Move => {
    const { x = 0, y = 0 } = graph.node(names.get(node.id) ?? '') ?? {}
    return { id: node.id, at: [x, y] }
  })
  const before = new Map(nodes.map((node) => [node.id, node.at]))
  return atCorner(bestWayUp(pipeline, placed), corner).filter(({ id, at }) => {
    const old = before.get(id)
    return old === undefined || old[0] !== at[0] || old[1] !== at[1]
  })
}

/** The library knows no ports: upside down may be the layout in which fewer edges cross. */
function bestWayUp(pipeline: Pipeline, placed: readonly Move[]): readonly Move[] {
  const mirrored = placed.map(({ id, at: [x, y] }): Move => ({ id, at: [x, -y] }))
  return crossings(pipeline, mirrored) < crossings(pipeline, placed) ? mirrored : placed
}

/** Shifts a layout to where the nodes stood before, to whole numbers. */
function atCorner(placed: readonly Move[], corner: { readonly x: number; readonly y: number }): readonly Move[] {
  const left = Math.min(...placed.map(({ at }) => at[0]))
  const top = Math.min(...placed.map(({ at }) => at[1]))
  return placed.map(({ id, at: [x, y] }) => ({
    id,
    at: [Math.round(x - left + corner.x), Math.round(y - top + corner.y)],
  }))
}
