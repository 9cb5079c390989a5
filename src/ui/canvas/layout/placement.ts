import type { Pipeline, PipelineNode, Point } from '#engine/model/pipeline.ts'
import { boundsOf, cornerOf, GAP_X, GAP_Y, NODE_HEIGHT, overlaps } from './geometry.ts'

/** The nearest free place at or below `wanted`, so that a new node covers no other. */
export function freePlace(nodes: readonly PipelineNode[], wanted: Point): Point {
  const x = Math.round(wanted[0])
  let y = Math.round(wanted[1])
  for (;;) {
    const hit = nodes.find((node) => overlaps(node.at, [x, y], GAP_Y / 2))
    if (hit === undefined) return [x, y]
    y = hit.at[1] + NODE_HEIGHT + GAP_Y
  }
}

/** A free place to the right of `anchors`, level with their middle; without anchors around `middle`, the middle of
 *  what the person sees. */
export function placeBeside(pipeline: Pipeline, anchors: readonly string[], middle: Point): Point {
  const bounds = boundsOf(pipeline.nodes.filter((node) => anchors.includes(node.id)))
  if (bounds === undefined) return freePlace(pipeline.nodes, cornerOf(middle))
  return freePlace(pipeline.nodes, [bounds.x + bounds.width + GAP_X, bounds.y + (bounds.height - NODE_HEIGHT) / 2])
}

/** How far to shift copies of `nodes` so that none hides a node exactly: down and right in small steps. */
export function freeShift(pipeline: Pipeline, nodes: readonly PipelineNode[], start: Point): Point {
  const step = GAP_Y
  let [dx, dy] = start
  while (nodes.some(({ at }) => pipeline.nodes.some((other) => sameCorner(other.at, [at[0] + dx, at[1] + dy])))) {
    dx += step
    dy += step
  }
  return [Math.round(dx), Math.round(dy)]
}

/** Copies may overlap what is there, as in any drawing program, but never hide a node exactly. */
function sameCorner(a: Point, b: Point): boolean {
  return Math.abs(a[0] - b[0]) < 8 && Math.abs(a[1] - b[1]) < 8
}
