import { type Pipeline, type Point, portOf } from '#engine/model/pipeline.ts'
import { type Move, NODE_HEIGHT, NODE_WIDTH, portY } from './geometry.ts'

/** More edges than this are not compared with one another. */
const MAX_EDGES = 400

/** How many pairs of edges cross when the nodes stand as `placed` says, drawn straight from handle to handle. Ports in
 *  use share a side in the order of their names' first letters: `in` above `other`, as operators have them. */
export function crossings(pipeline: Pipeline, placed: readonly Move[]): number {
  const places = new Map(placed.map(({ id, at }) => [id, at]))
  const lines = pipeline.edges.flatMap((edge): readonly (readonly [Point, Point])[] => {
    const from = places.get(edge.from)
    const to = places.get(edge.to)
    if (from === undefined || to === undefined) return []
    const ports = [...new Set(pipeline.edges.filter((each) => each.to === edge.to).map(portOf))].sort()
    const y = to[1] + portY(ports.indexOf(portOf(edge)), ports.length)
    return [
      [
        [from[0] + NODE_WIDTH, from[1] + NODE_HEIGHT / 2],
        [to[0], y],
      ],
    ]
  })
  if (lines.length > MAX_EDGES) return 0
  let count = 0
  lines.forEach((a, index) => {
    for (const b of lines.slice(index + 1)) if (cross(a, b)) count++
  })
  return count
}

type Line = readonly [Point, Point]

function cross([a, b]: Line, [c, d]: Line): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0
}

/** Positive when `p` lies on one side of the line through `a` and `b`, negative on the other, 0 on it. */
function side(a: Point, b: Point, p: Point): number {
  return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
}
