import { edgeSchema } from '#engine/model/document/document-schema.ts'
import type { AddEdges, RemoveEdges } from '#engine/model/edit.ts'
import { ok } from '#engine/model/result.ts'
import { count, type EditRule, parseParts } from './edit-rule.ts'
import { insertAt, positionsFor, positionsIn, removeAt } from './positions.ts'

/** Fails: edit/bad-position. */
export const addEdges: EditRule<AddEdges> = {
  apply(pipeline, edit) {
    const edges = parseParts(edgeSchema, edit.edges, 'edges')
    if (!edges.ok) return edges
    const positions = positionsFor(pipeline.edges.length, edges.value.length, edit.positions)
    if (!positions.ok) return positions
    const after = { ...pipeline, edges: insertAt(pipeline.edges, edges.value, positions.value) }
    return ok({
      pipeline: edges.value.length === 0 ? pipeline : after,
      inverse: { kind: 'removeEdges', positions: positions.value },
    })
  },
  label: ({ edges: [first, second], edges }) =>
    first !== undefined && second === undefined
      ? `Connect ${first.from} to ${first.to}`
      : `Add ${count(edges.length, 'edge')}`,
}

/** Fails: edit/bad-position. */
export const removeEdges: EditRule<RemoveEdges> = {
  apply(pipeline, edit) {
    const positions = positionsIn(pipeline.edges.length, edit.positions)
    if (!positions.ok) return positions
    const edges = positions.value.flatMap((i) => pipeline.edges[i] ?? [])
    return ok({
      pipeline: edges.length === 0 ? pipeline : { ...pipeline, edges: removeAt(pipeline.edges, positions.value) },
      inverse: { kind: 'addEdges', edges, positions: positions.value },
    })
  },
  label: ({ positions }) => `Remove ${count(positions.length, 'edge')}`,
}
