import { EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react'
import { X } from 'lucide-react'
import { type MouseEvent, memo, type ReactNode, useRef } from 'react'
import { useCanvasDesk, useCanvasView } from '#ui/canvas/canvas-desk.ts'
import { useFigure } from '#ui/canvas/figures/use-figure.ts'
import type { FlowEdge } from '#ui/canvas/flow/flow-adapter.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasEdge.module.css'
import { EdgeCount } from './EdgeCount.tsx'
import { edgeWidth } from './edge-weight.ts'

/** A stream between two nodes: as thick as the shown batch has records, with their number on it. */
export const CanvasEdge = memo(function CanvasEdge(props: EdgeProps<FlowEdge>): ReactNode {
  const { source, target, selected = false, data } = props
  const t = useWords()
  const desk = useCanvasDesk()
  const line = useRef<SVGPathElement>(null)
  useFigure(source, {
    settle: ({ count }) => {
      const width = `${edgeWidth(count ?? undefined)}`
      if (line.current !== null && line.current.style.strokeWidth !== width) line.current.style.strokeWidth = width
    },
  })
  const isDropTarget = useCanvasView((view) => data !== undefined && view.dropEdge === data.position)
  const [path, labelX, labelY] = getBezierPath(props)

  // React Flow would take a click on a button of the edge for one on the edge itself.
  const remove = (event: MouseEvent) => {
    event.stopPropagation()
    if (data === undefined) return
    if (!desk.edit({ kind: 'removeEdges', positions: [data.position] })) return
    desk.session.getState().select({})
    desk.say(t('canvas.said.deleted'))
    desk.focus()
  }

  return (
    <>
      <path
        ref={line}
        d={path}
        className={`react-flow__edge-path ${styles.path}`}
        data-drop={isDropTarget || undefined}
      />
      <path d={path} className="react-flow__edge-interaction" fill="none" strokeOpacity={0} strokeWidth={20} />
      <EdgeLabelRenderer>
        <div
          className={`${styles.label} nodrag nopan`}
          style={{ transform: `translate(${labelX}px, ${labelY}px)` }}
          data-selected={selected || undefined}
        >
          <EdgeCount from={source} to={target} x={labelX} y={labelY} selected={selected} />
          {selected && (
            <button
              type="button"
              className={styles.remove}
              aria-label={t('canvas.edge.remove', { from: source, to: target })}
              title={t('canvas.edge.remove', { from: source, to: target })}
              onClick={remove}
            >
              <X size={12} aria-hidden />
            </button>
          )}
        </div>
      </EdgeLabelRenderer>
    </>
  )
})
