import { useConnection } from '@xyflow/react'
import { type ReactNode, useMemo } from 'react'
import { createPortal } from 'react-dom'
import { whyNotConnect } from '#engine/compile/can-connect.ts'
import { useCanvasDesk, useCanvasView } from '#ui/canvas/canvas-desk.ts'
import { toEdge } from '#ui/canvas/flow/flow-adapter.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './ConnectHint.module.css'

/** Says near the pointer why the edge that is being drawn may not end here, or why the last one was refused. */
export function ConnectHint(): ReactNode {
  const desk = useCanvasDesk()
  const hint = useCanvasView((view) => view.hint)
  const over = useOver()
  const t = useWords()
  const why = useMemo(() => (over === undefined ? undefined : whyNotConnect(desk.pipeline, over)), [desk, over])
  const to = useConnection((connection) => (connection.isValid === false ? connection.to : null))
  if (why !== undefined && to !== null) {
    return <Bubble text={t('canvas.said.refused', { why: why.message })} spot={desk.flow.flowToScreenPosition(to)} />
  }
  return hint === undefined ? null : <Bubble text={hint.text} spot={hint.spot} />
}

function useOver() {
  const source = useConnection((connection) =>
    connection.fromHandle?.type === 'source' ? connection.fromHandle.nodeId : connection.toHandle?.nodeId,
  )
  const target = useConnection((connection) =>
    connection.fromHandle?.type === 'source' ? connection.toHandle : connection.fromHandle,
  )
  const refused = useConnection((connection) => connection.isValid === false)
  return useMemo(
    () =>
      refused && source !== undefined && target
        ? toEdge({ source, target: target.nodeId, targetHandle: target.id })
        : undefined,
    [refused, source, target],
  )
}

function Bubble({
  text,
  spot,
}: {
  readonly text: string
  readonly spot: { readonly x: number; readonly y: number }
}): ReactNode {
  const left = Math.min(spot.x + 14, window.innerWidth - 300)
  return createPortal(
    <div className={styles.bubble} role="status" style={{ left, top: spot.y + 14 }}>
      {text}
    </div>,
    document.body,
  )
}
