import type { AriaLabelConfig, EdgeChange, NodeChange, OnNodeDrag } from '@xyflow/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { findOperator } from '#engine/registry.ts'
import { planInsert } from '#ui/canvas/actions/plan-add.ts'
import {
  type Dragged,
  type FlowEdge,
  FlowEdges,
  type FlowNode,
  FlowNodes,
  followMoves,
  followSelection,
  type Surroundings,
} from '#ui/canvas/flow/flow-adapter.ts'
import { useDocument, useSession } from '#ui/services.ts'
import { t, useWords } from '#ui/words/words.ts'
import { type CanvasDesk, rules } from './canvas-desk.ts'
import { findEdgeAt, markDropEdge } from './use-dropping.ts'

const NOT_DRAGGED: Dragged = new Map()

/** The document as what React Flow draws, and React Flow's changes as edits and selections. */
export function useFlow(desk: CanvasDesk) {
  const words = useWords()
  const pipeline = useDocument((state) => state.pipeline)
  const selection = useSession((state) => state.selection)
  const [dragged, setDragged] = useState(NOT_DRAGGED)
  const latest = useRef(NOT_DRAGGED)

  const around = useMemo(() => surroundings(words), [words])
  // One cache for each language: the labels are part of what it keeps.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const drawn = useMemo(() => ({ nodes: new FlowNodes(), edges: new FlowEdges() }), [around])
  const nodes = useMemo(
    () => drawn.nodes.update(pipeline, selection, dragged, around),
    [drawn, pipeline, selection, dragged, around],
  )
  const edges = useMemo(() => drawn.edges.update(pipeline, selection, around), [drawn, pipeline, selection, around])

  // Edges are known by position, and an edit or an undo may have shifted them.
  const order = useRef(pipeline.edges)
  useEffect(() => {
    if (order.current === pipeline.edges) return
    order.current = pipeline.edges
    const { nodes: marked, edges: positions } = desk.session.getState().selection
    if (positions.length > 0) desk.session.getState().select({ nodes: marked })
  }, [desk, pipeline.edges])

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const before = desk.selection
      const selected = followSelection(before, { nodes: changes }, [])
      if (selected !== before) desk.session.getState().select(selected)
      const outcome = followMoves(desk.pipeline, latest.current, changes)
      const byPointer = latest.current.size > 0
      latest.current = outcome.dragged
      setDragged(outcome.dragged)
      if (outcome.edit === undefined) return
      if (byPointer) {
        desk.edit(planDrop(desk, outcome.edit.moves) ?? outcome.edit)
        markDropEdge(desk, undefined)
      } else {
        desk.edit(outcome.edit, { coalesce: `arrows ${outcome.edit.moves.map((move) => move.id).join()}` })
      }
    },
    [desk],
  )
  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      const before = desk.selection
      const selected = followSelection(before, { edges: changes }, desk.flow.getEdges())
      if (selected !== before) desk.session.getState().select(selected)
    },
    [desk],
  )
  const onNodeDrag: OnNodeDrag<FlowNode> = useCallback(
    (event, node, all) => {
      const spot = 'touches' in event ? event.touches[0] : event
      if (spot === undefined || all.length !== 1) return
      const position = findEdgeAt(desk, { x: spot.clientX, y: spot.clientY })
      const before = desk.view.getState().dropEdge
      if (position === before) return
      const fits =
        position !== undefined &&
        planInsert(desk.pipeline, node.id, { position, at: [0, 0], label: '' }, rules) !== undefined
      markDropEdge(desk, fits ? position : undefined)
    },
    [desk],
  )
  const ariaLabelConfig = useMemo(() => ariaLabels(words), [words])
  return { nodes, edges, onNodesChange, onEdgesChange, onNodeDrag, ariaLabelConfig }
}

/** A single node that was dropped on an edge goes into it. */
function planDrop(desk: CanvasDesk, moves: readonly { readonly id: string; readonly at: readonly [number, number] }[]) {
  const position = desk.view.getState().dropEdge
  const [move, second] = moves
  if (position === undefined || move === undefined || second !== undefined) return undefined
  return planInsert(
    desk.pipeline,
    move.id,
    { position, at: move.at, label: t('canvas.undo.insert', { id: move.id }) },
    rules,
  )
}

function surroundings(words: typeof t): Surroundings {
  return {
    findOperator,
    nodeLabel: (node, operator) => {
      const title = operator?.title ?? words('canvas.node.unknown', { op: node.op })
      return words(node.disabled === true ? 'canvas.node.disabled' : 'canvas.node', { id: node.id, title })
    },
    edgeLabel: (from, to) => words('canvas.edge', { from, to }),
    roles: { node: words('canvas.role.node'), edge: words('canvas.role.edge') },
  }
}

function ariaLabels(words: typeof t): Partial<AriaLabelConfig> {
  return {
    'node.a11yDescription.default': words('canvas.flow.node'),
    'node.a11yDescription.keyboardDisabled': words('canvas.flow.nodeFixed'),
    'node.a11yDescription.ariaLiveMessage': ({ direction, x, y }) => words('canvas.flow.moved', { direction, x, y }),
    'edge.a11yDescription.default': words('canvas.flow.edge'),
    'minimap.ariaLabel': words('canvas.flow.minimap'),
  }
}
