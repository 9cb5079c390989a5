import { BaseEdge, EdgeLabelRenderer, type EdgeProps, getBezierPath } from '@xyflow/react'
import { X } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useCanvasDesk, useCanvasView } from '#ui/canvas/canvas-desk.ts'
import type { FlowEdge } from '#ui/canvas/flow/flow-adapter.ts'
import { findShownCount, NO_RDD, printCount } from '#ui/canvas/node/live-count.ts'
import { useRun, useSession } from '#ui/services.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './CanvasEdge.module.css'
import { EdgePeek } from './EdgePeek.tsx'
import { edgeWidth } from './edge-weight.ts'

/** A stream between two nodes: as thick as the shown batch has records, with their number on it. */
export const CanvasEdge = memo(function CanvasEdge(props: EdgeProps<FlowEdge>): ReactNode {
  const { source, target, selected = false, data } = props
  const t = useWords()
  const desk = useCanvasDesk()
  const shown = useSession((state) => state.shownBatchMs)
  const count = useRun((figures) => findShownCount(figures, shown, source))
  const isDropTarget = useCanvasView((view) => data !== undefined && view.dropEdge === data.position)
  const [path, labelX, labelY] = getBezierPath(props)

  const remove = () => {
    if (data === undefined) return
    if (!desk.edit({ kind: 'removeEdges', positions: [data.position] })) return
    desk.session.getState().select({})
    desk.say(t('canvas.said.deleted'))
    desk.focus()
  }
  const show = () => {
    desk.session.getState().select({ nodes: [source] })
    desk.session.getState().showInspectorTab('data')
  }
  const name =
    count === null || count === undefined
      ? t('canvas.edge.noRdd', { from: source, to: target })
      : t('canvas.edge.records', { count, from: source, to: target })

  return (
    <>
      <BaseEdge
        path={path}
        interactionWidth={20}
        className={styles.path ?? ''}
        style={{ strokeWidth: edgeWidth(count ?? undefined) }}
        data-drop={isDropTarget || undefined}
      />
      <EdgeLabelRenderer>
        <div
          className={`${styles.label} nodrag nopan`}
          style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          data-selected={selected || undefined}
        >
          {count !== undefined && (
            <EdgePeek node={source}>
              <button
                type="button"
                className={styles.count}
                aria-label={name}
                data-empty={!count || undefined}
                onClick={show}
              >
                {count === null ? NO_RDD : printCount(count, formatNumber)}
              </button>
            </EdgePeek>
          )}
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
