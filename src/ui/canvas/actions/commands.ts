// What a person can do on the canvas. Each changes the document in one undo step, through the desk.
import { whyNotConnect } from '#engine/compile/can-connect.ts'
import type { Edge, Point } from '#engine/model/pipeline.ts'
import { findOperator } from '#engine/registry.ts'
import { type CanvasDesk, rules } from '#ui/canvas/canvas-desk.ts'
import type { Chooser, Spot } from '#ui/canvas/canvas-view.ts'
import type { Fit } from '#ui/canvas/connect/candidates.ts'
import { NODE_HEIGHT, NODE_WIDTH } from '#ui/canvas/layout/geometry.ts'
import { t } from '#ui/words/words.ts'
import { middleOfEdge, type PlannedNode, planAdd, planAddAt } from './plan-add.ts'
import { planDelete, planDuplicate, planToggle } from './plan-change.ts'

/** Adds an operator beside the selection and connects it where that is legal. */
export function addBeside(desk: CanvasDesk, name: string): void {
  const operator = findOperator(name)
  if (operator === undefined) return
  const where = { selected: desk.selection.nodes, middle: desk.middle, label: t('canvas.undo.add', { id: name }) }
  added(desk, planAdd(desk.pipeline, operator, where, rules))
}

/** Adds an operator with its middle at `middle`; one that does not fit as wished stands there unconnected. */
export function addAt(desk: CanvasDesk, name: string, middle: Point, fit: Fit = { kind: 'anywhere' }): void {
  const operator = findOperator(name)
  if (operator === undefined) return
  const id = fit.kind === 'into' ? 'canvas.undo.insert' : 'canvas.undo.add'
  const planned =
    planAddAt(desk.pipeline, operator, { middle, fit, label: t(id, { id: name }) }, rules) ??
    planAddAt(
      desk.pipeline,
      operator,
      { middle, fit: { kind: 'anywhere' }, label: t('canvas.undo.add', { id: name }) },
      rules,
    )
  if (planned !== undefined) added(desk, planned)
}

function added(desk: CanvasDesk, { id, edit, connectedTo }: PlannedNode): void {
  if (!desk.edit(edit)) return
  desk.session.getState().select({ nodes: [id] })
  const others = connectedTo.join(', ')
  desk.say(others === '' ? t('canvas.said.added', { id }) : t('canvas.said.addedConnected', { id, others }))
  bringIntoView(desk, id)
}

/** Moves the canvas, never the node, when a node stands outside of what the person sees. */
export function bringIntoView(desk: CanvasDesk, id: string): void {
  const node = desk.pipeline.nodes.find((each) => each.id === id)
  const box = desk.region.current?.getBoundingClientRect()
  if (node === undefined || box === undefined) return
  const [left, top] = desk.toCanvas({ x: box.left, y: box.top })
  const [right, bottom] = desk.toCanvas({ x: box.right, y: box.bottom })
  const [x, y] = node.at
  const inside = x >= left && y >= top && x + NODE_WIDTH <= right && y + NODE_HEIGHT <= bottom
  if (!inside) void desk.flow.setCenter(x + NODE_WIDTH / 2, y + NODE_HEIGHT / 2, { zoom: desk.flow.getZoom() })
}

/** Draws an edge, or says why not. */
export function connect(desk: CanvasDesk, edge: Edge, spot: Spot): boolean {
  const why = whyNotConnect(desk.pipeline, edge)
  if (why !== undefined) {
    desk.refuse(t('canvas.said.refused', { why: why.message }), spot)
    return false
  }
  if (!desk.edit({ kind: 'addEdges', edges: [edge] })) return false
  desk.say(t('canvas.said.connected', { from: edge.from, to: edge.to }))
  return true
}

/** Removes what is selected, or the node in focus. */
export function deleteSelected(desk: CanvasDesk): void {
  const { edges } = desk.selection
  const nodes = edges.length > 0 ? desk.selection.nodes : desk.targets
  const both = nodes.length > 0 && edges.length > 0 ? 'yes' : 'no'
  const label = t('canvas.undo.delete', { nodes: nodes.length, edges: edges.length, both })
  const edit = planDelete(desk.pipeline, { nodes, edges }, label)
  if (edit === undefined || !desk.edit(edit)) return
  desk.session.getState().select({})
  desk.say(t('canvas.said.deleted'))
  desk.focus()
}

export function duplicate(desk: CanvasDesk): void {
  const ids = desk.targets
  const planned = planDuplicate(desk.pipeline, ids, t('canvas.undo.duplicate', { count: ids.length }))
  if (planned === undefined || !desk.edit(planned.edit)) return
  desk.session.getState().select({ nodes: planned.ids })
  const [first] = planned.ids
  if (first !== undefined) desk.focusNode(first)
}

export function toggleDisabled(desk: CanvasDesk): void {
  const edit = planToggle(desk.pipeline, desk.targets, t('canvas.undo.toggle', { count: desk.targets.length }))
  if (edit !== undefined) desk.edit(edit)
}

/** Lays the selected nodes out, or all when fewer than two are selected. */
export async function tidyUp(desk: CanvasDesk): Promise<void> {
  const { tidy } = await import('#ui/canvas/layout/auto-layout.ts')
  const moves = tidy(desk.pipeline, desk.selection.nodes)
  if (moves.length === 0) {
    desk.say(t('canvas.said.tidyAlready'))
    return
  }
  const label = t('canvas.undo.tidy', { count: moves.length })
  if (!desk.edit({ kind: 'compound', label, edits: [{ kind: 'moveNodes', moves }] })) return
  desk.say(t('canvas.said.tidy'))
  if (desk.selection.nodes.length < 2) requestAnimationFrame(() => fitToScreen(desk))
}

/** How the whole pipeline is shown: never larger than life. */
export const FIT_VIEW = { padding: { x: '24px', y: '32px' }, maxZoom: 1 } as const

/** Shows the whole pipeline. */
export function fitToScreen(desk: CanvasDesk): void {
  void desk.flow.fitView(FIT_VIEW)
}

export function selectAll(desk: CanvasDesk): void {
  const nodes = desk.pipeline.nodes.map((node) => node.id)
  desk.session.getState().select({ nodes })
  desk.say(t('canvas.said.selected', { count: nodes.length }))
}

export function deselect(desk: CanvasDesk): void {
  desk.session.getState().select({})
  desk.say(t('canvas.said.selected', { count: 0 }))
}

/** Opens the list of what may take the stream of the node: nodes that are there, and operators. */
export function chooseConnection(desk: CanvasDesk): void {
  const from = desk.target
  const node = desk.pipeline.nodes.find((each) => each.id === from)
  if (node === undefined) return
  const spot = desk.flow.flowToScreenPosition({ x: node.at[0] + NODE_WIDTH, y: node.at[1] })
  openChooser(desk, { fit: { kind: 'after', from: node.id }, spot, middle: undefined, withNodes: true })
}

/** Opens the list of all operators; what is chosen stands beside the selection. */
export function chooseOperator(desk: CanvasDesk): void {
  const box = desk.region.current?.getBoundingClientRect()
  if (box === undefined) return
  const spot = { x: box.x + box.width / 2 - 150, y: box.y + Math.min(box.height / 4, 160) }
  openChooser(desk, { fit: { kind: 'anywhere' }, spot, middle: undefined, withNodes: false })
}

/** Opens the list of what fits into the only selected edge. */
export function chooseInsertion(desk: CanvasDesk): void {
  const [position] = desk.selection.edges
  const middle = position === undefined ? undefined : middleOfEdge(desk.pipeline, position)
  if (position === undefined || middle === undefined) return
  const spot = desk.flow.flowToScreenPosition({ x: middle[0], y: middle[1] })
  openChooser(desk, { fit: { kind: 'into', position }, spot, middle, withNodes: false })
}

export function openChooser(desk: CanvasDesk, chooser: Chooser): void {
  desk.view.setState({ chooser, hint: undefined })
}
