// What deleting, copying and switching off mean as one edit. Pure; texts for the history come from the caller.
import type { Edit } from '#engine/model/edit.ts'
import type { Pipeline, Point } from '#engine/model/pipeline.ts'
import { boundsOf } from '#ui/canvas/layout/geometry.ts'
import { freeShift } from '#ui/canvas/layout/placement.ts'
import type { Selection } from '#ui/state/session-store.ts'
import { type Fragment, renameFragment, takeFragment } from './fragment.ts'

/** The part of a selection that the document still has: an undo may have taken the rest away. */
export function present(pipeline: Pipeline, selection: Selection): Selection {
  const ids = new Set(pipeline.nodes.map((node) => node.id))
  return {
    nodes: selection.nodes.filter((id) => ids.has(id)),
    edges: selection.edges.filter((position) => position < pipeline.edges.length),
  }
}

/** Removes what is selected; undefined when nothing is. */
export function planDelete(pipeline: Pipeline, selection: Selection, label: string): Edit | undefined {
  const { nodes, edges } = present(pipeline, selection)
  const edits: Edit[] = []
  if (edges.length > 0) edits.push({ kind: 'removeEdges', positions: [...edges].sort((a, b) => a - b) })
  if (nodes.length > 0) edits.push({ kind: 'removeNodes', ids: nodes })
  return edits.length === 0 ? undefined : { kind: 'compound', label, edits }
}

/** An edit that adds copies, with their ids. */
export interface PlannedCopies {
  readonly ids: readonly string[]
  readonly edit: Edit
}

/** Copies of nodes and of the edges between them, a little below and to the right. */
export function planDuplicate(pipeline: Pipeline, ids: readonly string[], label: string): PlannedCopies | undefined {
  return planPaste(pipeline, takeFragment(pipeline, ids), { shift: [24, 24], label })
}

/** Adds a fragment: shifted, or with its middle at `middle`. Undefined for one without nodes. */
export function planPaste(
  pipeline: Pipeline,
  fragment: Fragment,
  where: { readonly label: string } & ({ readonly shift: Point } | { readonly middle: Point }),
): PlannedCopies | undefined {
  const bounds = boundsOf(fragment.nodes)
  if (bounds === undefined) return undefined
  const wanted: Point =
    'shift' in where
      ? where.shift
      : [where.middle[0] - bounds.x - bounds.width / 2, where.middle[1] - bounds.y - bounds.height / 2]
  const { nodes, edges } = renameFragment(pipeline, fragment, freeShift(pipeline, fragment.nodes, wanted))
  const edits: Edit[] = [{ kind: 'addNodes', nodes }]
  if (edges.length > 0) edits.push({ kind: 'addEdges', edges })
  return { ids: nodes.map((node) => node.id), edit: { kind: 'compound', label: where.label, edits } }
}

/** Switches the nodes off; on again when all of them are off. */
export function planToggle(pipeline: Pipeline, ids: readonly string[], label: string): Edit | undefined {
  const nodes = pipeline.nodes.filter((node) => ids.includes(node.id))
  if (nodes.length === 0) return undefined
  const on = nodes.every((node) => node.disabled === true)
  const edits = nodes
    .filter((node) => (node.disabled === true) === on)
    .map((node): Edit => ({ kind: 'setDisabled', node: node.id, ...(on ? {} : { disabled: true }) }))
  return { kind: 'compound', label, edits }
}
