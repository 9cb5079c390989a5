// Sizes on the canvas, in canvas units (one is one CSS pixel at zoom 1). Nodes have one size, so that edges, layout and
// placement need no measuring; the style sheet takes the figures from here.
import type { Pipeline, PipelineNode, Point } from '#engine/model/pipeline.ts'

export const NODE_WIDTH = 184
export const NODE_HEIGHT = 76
/** Room between two nodes in a row, which an edge's figure fits into. */
export const GAP_X = 56
export const GAP_Y = 28
/** Side of the square that a connection is drawn from or to. */
export const HANDLE_SIZE = 12

/** Where one node stands after a layout. */
export interface Move {
  readonly id: string
  readonly at: Point
}

/** A rectangle on the canvas. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The rectangle around all `nodes`; undefined when there are none. */
export function boundsOf(nodes: readonly PipelineNode[]): Box | undefined {
  if (nodes.length === 0) return undefined
  const xs = nodes.map((node) => node.at[0])
  const ys = nodes.map((node) => node.at[1])
  const x = Math.min(...xs)
  const y = Math.min(...ys)
  return { x, y, width: Math.max(...xs) + NODE_WIDTH - x, height: Math.max(...ys) + NODE_HEIGHT - y }
}

/** How far below the top of its node port `index` of `count` stands: ports share the side evenly. */
export function portY(index: number, count: number): number {
  return Math.round((NODE_HEIGHT * (index + 1)) / (count + 1))
}

/** Whether the rectangles of two nodes, with `margin` around one of them, touch. */
export function overlaps(a: Point, b: Point, margin: number): boolean {
  return Math.abs(a[0] - b[0]) < NODE_WIDTH + margin && Math.abs(a[1] - b[1]) < NODE_HEIGHT + margin
}

/** The node whose rectangle holds this point, the last drawn first. */
export function findNodeAt(pipeline: Pipeline, [x, y]: Point): PipelineNode | undefined {
  return [...pipeline.nodes]
    .reverse()
    .find(({ at }) => x >= at[0] && x <= at[0] + NODE_WIDTH && y >= at[1] && y <= at[1] + NODE_HEIGHT)
}

/** The middle of a node whose corner stands at `at`. */
export function centreOf(at: Point): Point {
  return [at[0] + NODE_WIDTH / 2, at[1] + NODE_HEIGHT / 2]
}

/** The corner of a node whose middle is `middle`. */
export function cornerOf(middle: Point): Point {
  return [middle[0] - NODE_WIDTH / 2, middle[1] - NODE_HEIGHT / 2]
}
