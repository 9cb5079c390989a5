import type { FinalConnectionState, ReactFlowProps } from '@xyflow/react'
import { useMemo, useState } from 'react'
import { whyNotConnect } from '#engine/compile/can-connect.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { DEFAULT_PORT, type Edge, type Pipeline } from '#engine/model/pipeline.ts'
import { connect, openChooser } from '#ui/canvas/actions/commands.ts'
import { type CanvasDesk, rules } from '#ui/canvas/canvas-desk.ts'
import type { Spot } from '#ui/canvas/canvas-view.ts'
import { type FlowEdge, type FlowNode, toEdge } from '#ui/canvas/flow/flow-adapter.ts'
import { cornerOf, findNodeAt, NODE_WIDTH } from '#ui/canvas/layout/geometry.ts'
import { t } from '#ui/words/words.ts'
import { edgeOf, findLegalEdge } from './candidates.ts'

type Handlers = Pick<
  ReactFlowProps<FlowNode, FlowEdge>,
  'isValidConnection' | 'onConnect' | 'onConnectStart' | 'onConnectEnd'
>

/** Drawing edges with the pointer: every refusal says why, an edge dropped on a node finds its port, and one dropped on
 *  nothing asks what shall stand there. */
export function useConnecting(desk: CanvasDesk): { readonly handlers: Handlers; readonly connecting: boolean } {
  const [connecting, setConnecting] = useState(false)
  const handlers = useMemo((): Handlers => {
    const why = remembering()
    return {
      isValidConnection: (connection) => why(desk.pipeline, toEdge(connection)) === undefined,
      onConnectStart: () => {
        setConnecting(true)
        desk.view.setState({ hint: undefined })
      },
      onConnect: (connection) => connect(desk, toEdge(connection), { x: 0, y: 0 }),
      onConnectEnd: (event, state) => {
        setConnecting(false)
        finish(desk, spotOf(event), state)
      },
    }
  }, [desk])
  return { handlers, connecting }
}

function finish(desk: CanvasDesk, spot: Spot, state: FinalConnectionState): void {
  if (state.isValid === true || state.fromHandle === null) return
  const refused = state.toHandle === null ? undefined : connectionOf(state)
  if (refused !== undefined) {
    refuse(desk, refused, spot)
    return
  }
  const { nodeId: from, type, id } = state.fromHandle
  const forward = type === 'source'
  const onto = findNodeAt(desk.pipeline, desk.toCanvas(spot))
  if (onto !== undefined) {
    if (onto.id === from) return
    const edge = forward
      ? (findLegalEdge(desk.pipeline, from, onto.id, rules) ?? anyEdge(from, onto.op, onto.id))
      : edgeOf(onto.id, from, id ?? DEFAULT_PORT)
    connect(desk, edge, spot)
    return
  }
  // The new node stands so that its handle is where the edge was dropped.
  const [x, y] = desk.toCanvas(spot)
  const middle = [forward ? x + NODE_WIDTH / 2 : cornerOf([x, y])[0], y] as const
  const fit = forward
    ? ({ kind: 'after', from } as const)
    : ({ kind: 'before', to: from, port: id ?? DEFAULT_PORT } as const)
  openChooser(desk, { fit, spot, middle, withNodes: false })
}

/** An edge into the first port, legal or not, so that there is something to explain. */
function anyEdge(from: string, op: string, to: string): Edge {
  return edgeOf(from, to, rules.findOperator(op)?.inputs[0]?.name ?? DEFAULT_PORT)
}

function refuse(desk: CanvasDesk, edge: Edge, spot: Spot): void {
  const problem = whyNotConnect(desk.pipeline, edge)
  if (problem !== undefined) desk.refuse(t('canvas.said.refused', { why: problem.message }), spot)
}

/** The edge that a drag from one handle to another would draw; undefined between two handles of one kind. */
function connectionOf({ fromHandle, toHandle }: FinalConnectionState): Edge | undefined {
  if (!fromHandle || !toHandle || fromHandle.type === toHandle.type) return undefined
  const [source, target] = fromHandle.type === 'source' ? [fromHandle, toHandle] : [toHandle, fromHandle]
  return toEdge({ source: source.nodeId, target: target.nodeId, targetHandle: target.id })
}

/** whyNotConnect checks the whole document, and React Flow asks with every move of the pointer. */
function remembering(): (pipeline: Pipeline, edge: Edge) => Diagnostic | undefined {
  let last: { readonly pipeline: Pipeline; readonly key: string; readonly answer: Diagnostic | undefined } | undefined
  return (pipeline, edge) => {
    const key = `${edge.from}>${edge.to}.${edge.port}`
    if (last?.pipeline !== pipeline || last.key !== key) last = { pipeline, key, answer: whyNotConnect(pipeline, edge) }
    return last.answer
  }
}

function spotOf(event: MouseEvent | TouchEvent): Spot {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event
  return { x: at?.clientX ?? 0, y: at?.clientY ?? 0 }
}
