// What the clipboard carries: a pipeline document with some of its nodes, so that it can be pasted into another tab, a
// mail or a file, and any document can be pasted into the canvas.
import { freshName } from '#engine/model/fresh-id.ts'
import { type Edge, FORMAT, type Pipeline, type PipelineNode } from '#engine/model/pipeline.ts'

/** Nodes and the edges between them. */
export interface Fragment {
  readonly nodes: readonly PipelineNode[]
  readonly edges: readonly Edge[]
}

/** The nodes with these ids and the edges that run between two of them. */
export function takeFragment(pipeline: Pipeline, ids: readonly string[]): Fragment {
  const taken = new Set(ids)
  return {
    nodes: pipeline.nodes.filter((node) => taken.has(node.id)),
    edges: pipeline.edges.filter((edge) => taken.has(edge.from) && taken.has(edge.to)),
  }
}

/** The fragment as the text of a document. */
export function printFragment(fragment: Fragment, name: string): string {
  return JSON.stringify({ format: FORMAT, name, nodes: fragment.nodes, edges: fragment.edges }, undefined, 2)
}

/** The fragment with ids that `pipeline` does not have, shifted by `[dx, dy]`. */
export function renameFragment(pipeline: Pipeline, fragment: Fragment, shift: readonly [number, number]): Fragment {
  const taken = new Set([...pipeline.nodes, ...pipeline.notes, ...pipeline.groups].map((each) => each.id))
  const names = new Map<string, string>()
  for (const node of fragment.nodes) {
    const name = freshName(taken, node.id)
    taken.add(name)
    names.set(node.id, name)
  }
  return {
    nodes: fragment.nodes.map((node) => ({
      ...node,
      id: names.get(node.id) ?? node.id,
      at: [node.at[0] + shift[0], node.at[1] + shift[1]],
    })),
    edges: fragment.edges.map((edge) => ({
      ...edge,
      from: names.get(edge.from) ?? edge.from,
      to: names.get(edge.to) ?? edge.to,
    })),
  }
}
