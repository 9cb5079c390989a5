import { type Box, NODE_HEIGHT, NODE_WIDTH } from '#ui/canvas/layout/geometry.ts'

/** A node as it is stacked: a higher `z` lies above, and of two equal ones the later. */
export interface StackedNode {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly z: number
}

interface Placed extends StackedNode {
  readonly order: number
}

/** Which nodes lie above a place on the canvas. Keeps each node in the cells of a grid that it touches, four at most. */
export class NodeCover {
  readonly #cells = new Map<number, Placed[]>()
  readonly #nodes = new Map<string, Placed>()

  constructor(nodes: Iterable<StackedNode>) {
    for (const node of nodes) {
      const placed = { id: node.id, x: node.x, y: node.y, z: node.z, order: this.#nodes.size }
      this.#nodes.set(node.id, placed)
      for (const cell of cellsOf({ ...placed, width: NODE_WIDTH, height: NODE_HEIGHT })) {
        const inside = this.#cells.get(cell)
        if (inside === undefined) this.#cells.set(cell, [placed])
        else inside.push(placed)
      }
    }
  }

  /** The boxes of nodes that touch `box` and lie above `holder`: above all edges when it is undefined. */
  above(box: Box, holder: string | undefined): readonly Box[] {
    const below = holder === undefined ? undefined : this.#nodes.get(holder)
    const found = new Set<Placed>()
    for (const cell of cellsOf(box)) {
      for (const node of this.#cells.get(cell) ?? []) if (isAbove(node, below) && touches(node, box)) found.add(node)
    }
    return [...found].map(({ x, y }) => ({ x, y, width: NODE_WIDTH, height: NODE_HEIGHT }))
  }
}

function isAbove(node: Placed, below: Placed | undefined): boolean {
  if (below === undefined) return true
  return node.z === below.z ? node.order > below.order : node.z > below.z
}

function touches({ x, y }: Placed, box: Box): boolean {
  return x < box.x + box.width && x + NODE_WIDTH > box.x && y < box.y + box.height && y + NODE_HEIGHT > box.y
}

/** Cells far from each other may share a number: then there is more to look at, and nothing else. */
function* cellsOf({ x, y, width, height }: Box): Iterable<number> {
  for (let row = Math.floor(y / NODE_HEIGHT); row <= Math.floor((y + height) / NODE_HEIGHT); row++) {
    for (let column = Math.floor(x / NODE_WIDTH); column <= Math.floor((x + width) / NODE_WIDTH); column++) {
      yield row * 65_536 + column
    }
  }
}
