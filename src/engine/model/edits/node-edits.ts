import { problem } from '#engine/model/diagnostic.ts'
import { nodeSchema, pointSchema } from '#engine/model/document/document-schema.ts'
import type { AddNodes, Edit, MoveNodes, RemoveNodes, RenameNode } from '#engine/model/edit.ts'
import type { Pipeline, PipelineNode, Point } from '#engine/model/pipeline.ts'
import { err, ok } from '#engine/model/result.ts'
import { count, type EditRule, missing, parsePart, parseParts } from './edit-rule.ts'
import { insertAt, positionsFor, positionsWhere, removeAt } from './positions.ts'

/** Fails: edit/taken, edit/bad-position. */
export const addNodes: EditRule<AddNodes> = {
  apply(pipeline, edit) {
    const nodes = parseParts(nodeSchema, edit.nodes, 'nodes')
    if (!nodes.ok) return nodes
    const positions = positionsFor(pipeline.nodes.length, nodes.value.length, edit.positions)
    if (!positions.ok) return positions
    const ids = nodes.value.map((node) => node.id)
    // The inverse names nodes by id, so that an id given twice could not be undone.
    const taken = new Set(pipeline.nodes.map((node) => node.id))
    for (const id of ids) {
      if (taken.has(id)) return err([problem('edit/taken', `There is a node called ${id} already.`, { node: id })])
      taken.add(id)
    }
    const after = { ...pipeline, nodes: insertAt(pipeline.nodes, nodes.value, positions.value) }
    return ok({ pipeline: ids.length === 0 ? pipeline : after, inverse: { kind: 'removeNodes', ids } })
  },
  label: ({ nodes: [first, second], nodes }) =>
    first !== undefined && second === undefined ? `Add ${first.id}` : `Add ${count(nodes.length, 'node')}`,
}

/** Fails: edit/not-there. */
export const removeNodes: EditRule<RemoveNodes> = {
  apply(pipeline, { ids }) {
    const gone = new Set(ids)
    const known = new Set(pipeline.nodes.map((node) => node.id))
    for (const id of gone) if (!known.has(id)) return missing('node', id)
    if (gone.size === 0) return ok({ pipeline, inverse: { kind: 'addNodes', nodes: [] } })

    const nodes = positionsWhere(pipeline.nodes, (node) => gone.has(node.id))
    const edges = positionsWhere(pipeline.edges, (edge) => gone.has(edge.from) || gone.has(edge.to))
    const groups = groupsWithout(pipeline, gone)
    const restore: Edit[] = [
      { kind: 'addNodes', nodes: nodes.flatMap((i) => pipeline.nodes[i] ?? []), positions: nodes },
    ]
    if (edges.length > 0) {
      restore.push({ kind: 'addEdges', edges: edges.flatMap((i) => pipeline.edges[i] ?? []), positions: edges })
    }
    if (groups !== pipeline.groups) restore.push({ kind: 'setGroups', groups: pipeline.groups })
    const [only, ...more] = restore
    return ok({
      pipeline: {
        ...pipeline,
        nodes: removeAt(pipeline.nodes, nodes),
        edges: removeAt(pipeline.edges, edges),
        groups,
      },
      inverse:
        only !== undefined && more.length === 0
          ? only
          : { kind: 'compound', label: `Restore ${count(gone.size, 'node')}`, edits: restore },
    })
  },
  label: ({ ids: [first, second], ids }) =>
    first !== undefined && second === undefined ? `Remove ${first}` : `Remove ${count(ids.length, 'node')}`,
}

function groupsWithout(pipeline: Pipeline, gone: ReadonlySet<string>): Pipeline['groups'] {
  if (!pipeline.groups.some((group) => group.nodes.some((id) => gone.has(id)))) return pipeline.groups
  return pipeline.groups.flatMap((group) => {
    const nodes = group.nodes.filter((id) => !gone.has(id))
    if (nodes.length === group.nodes.length) return [group]
    return nodes.length === 0 ? [] : [{ ...group, nodes }]
  })
}

/** Fails: edit/not-there. */
export const moveNodes: EditRule<MoveNodes> = {
  apply(pipeline, { moves }) {
    const places = new Map<string, Point>()
    for (const { id, at } of moves) places.set(id, at)
    const back: { id: string; at: Point }[] = []
    const nodes: PipelineNode[] = []
    for (const node of pipeline.nodes) {
      const at = places.get(node.id)
      places.delete(node.id)
      if (at === undefined || (at[0] === node.at[0] && at[1] === node.at[1])) {
        nodes.push(node)
        continue
      }
      const moved = parsePart(pointSchema, at, ['nodes', nodes.length, 'at'])
      if (!moved.ok) return moved
      nodes.push({ ...node, at: moved.value })
      back.push({ id: node.id, at: node.at })
    }
    for (const id of places.keys()) return missing('node', id)
    return ok({
      pipeline: back.length === 0 ? pipeline : { ...pipeline, nodes },
      inverse: { kind: 'moveNodes', moves: back },
    })
  },
  label: ({ moves: [first, second], moves }) =>
    first !== undefined && second === undefined ? `Move ${first.id}` : `Move ${count(moves.length, 'node')}`,
  merge(first, second) {
    const places = new Map([...first.moves, ...second.moves].map((move) => [move.id, move]))
    return { kind: 'moveNodes', moves: [...places.values()] }
  },
}

/** Fails: edit/not-there, edit/taken. */
export const renameNode: EditRule<RenameNode> = {
  apply(pipeline, { from, to }) {
    const i = pipeline.nodes.findIndex((node) => node.id === from)
    const node = pipeline.nodes[i]
    if (node === undefined) return missing('node', from)
    const inverse: RenameNode = { kind: 'renameNode', from: to, to: from }
    if (from === to) return ok({ pipeline, inverse })
    if (pipeline.nodes.some(({ id }) => id === to)) {
      return err([problem('edit/taken', `There is a node called ${to} already.`, { node: from })])
    }
    const renamed = parsePart(nodeSchema, { ...node, id: to }, ['nodes', i])
    if (!renamed.ok) return renamed
    const rename = (id: string) => (id === from ? to : id)
    return ok({
      pipeline: {
        ...pipeline,
        nodes: pipeline.nodes.map((other) => (other === node ? { ...node, id: to } : other)),
        edges: pipeline.edges.map((edge) =>
          edge.from === from || edge.to === from ? { ...edge, from: rename(edge.from), to: rename(edge.to) } : edge,
        ),
        groups: pipeline.groups.map((group) =>
          group.nodes.includes(from) ? { ...group, nodes: group.nodes.map(rename) } : group,
        ),
      },
      inverse,
    })
  },
  label: ({ from, to }) => `Rename ${from} to ${to}`,
}
