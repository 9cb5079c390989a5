import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react'
import { X } from 'lucide-react'
import { type MouseEvent, memo, type ReactNode, useEffect, useRef } from 'react'
import { useCanvasDesk, useCanvasView } from '#ui/canvas/canvas-desk.ts'
import type { FlowEdge } from '#ui/canvas/flow/flow-adapter.ts'
import { findShownCount, NO_RDD, printCount } from '#ui/canvas/node/live-count.ts'
import { useRun, useSession } from '#ui/services.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './CanvasEdge.module.css'
import { edgeWidth } from './edge-weight.ts'

/** How long the pointer rests on a figure before the records show. */
const PEEK_DELAY_MS = 150

/** A stream between two nodes: as thick as the shown batch has records, with their number on it. */
export const CanvasEdge = memo(function CanvasEdge(props: EdgeProps<FlowEdge>): ReactNode {
  const { source, target, selected = false, data } = props
  const t = useWords()
  const desk = useCanvasDesk()
  const shown = useSession((state) => state.shownBatchMs)
  const width = useRun((figures) => edgeWidth(findShownCount(figures, shown, source) ?? undefined))
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
      <BaseEdge
        path={path}
        interactionWidth={20}
        className={styles.path ?? ''}
        style={{ strokeWidth: width }}
        data-drop={isDropTarget || undefined}
      />
      <EdgeLabelRenderer>
        <div
          className={`${styles.label} nodrag nopan`}
          style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          data-selected={selected || undefined}
        >
          <EdgeCount from={source} to={target} />
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

/** Records of the shown batch on an edge: a glance on hover and focus, all that is kept on a click. */
function EdgeCount({ from, to }: { readonly from: string; readonly to: string }): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const shown = useSession((state) => state.shownBatchMs)
  const count = useRun((figures) => findShownCount(figures, shown, from))
  const button = useRef<HTMLButtonElement>(null)
  const delay = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(delay.current), [])
  if (count === undefined) return null

  const glance = () => {
    if (button.current) desk.view.setState({ peek: { node: from, beside: button.current } })
  }
  const leave = () => {
    clearTimeout(delay.current)
    if (desk.view.getState().peek?.beside === button.current) desk.view.setState({ peek: undefined })
  }
  const show = (event: MouseEvent) => {
    event.stopPropagation()
    desk.session.getState().select({ nodes: [from] })
    desk.session.getState().showInspectorTab('data')
  }
  return (
    <button
      ref={button}
      type="button"
      className={styles.count}
      aria-label={count === null ? t('canvas.edge.noRdd', { from, to }) : t('canvas.edge.records', { count, from, to })}
      data-empty={!count || undefined}
      onClick={show}
      onPointerEnter={() => {
        delay.current = setTimeout(glance, PEEK_DELAY_MS)
      }}
      onPointerLeave={leave}
      onFocus={glance}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Escape' && leave()}
    >
      {count === null ? NO_RDD : printCount(count, formatNumber)}
    </button>
  )
}
