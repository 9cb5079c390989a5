import { Handle, type NodeProps, Position } from '@xyflow/react'
import { CircleAlert, CircleX, Info, TriangleAlert } from 'lucide-react'
import { Fragment, memo, type ReactNode } from 'react'
import type { Diagnostic, Severity } from '#engine/model/diagnostic.ts'
import { useCanvasDesk, useCanvasView } from '#ui/canvas/canvas-desk.ts'
import { type FlowNode, OUT_HANDLE } from '#ui/canvas/flow/flow-adapter.ts'
import { portY } from '#ui/canvas/layout/geometry.ts'
import { useDocument, useRun, useSession } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasNode.module.css'
import { LiveCount } from './LiveCount.tsx'
import { LiveTotal } from './LiveTotal.tsx'
import { findShownFailure } from './live-count.ts'
import { summarize } from './node-summary.ts'
import { RenameField } from './RenameField.tsx'

/** One operator on the canvas. It knows its id only and takes the rest from the stores, each figure by itself. */
export const CanvasNode = memo(function CanvasNode({ id, data }: NodeProps<FlowNode>): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const checked = useDocument((state) => state.checked.nodes.get(id))
  const renaming = useCanvasView((view) => view.renaming === id)
  if (checked === undefined) return null
  const { node, operator, off, live } = checked
  // An output has no stream of its own: it shows what it takes.
  const [taken] = operator?.output === undefined ? (checked.inputs.get(operator?.inputs[0]?.name ?? '') ?? []) : []
  const summary = operator === undefined ? [] : summarize(operator, node.params)
  return (
    <div
      className={styles.node}
      data-off={off || undefined}
      data-idle={(!live && !off) || undefined}
      data-category={operator?.category}
    >
      <span className={styles.bar} />
      <div className={styles.head}>
        <span className={styles.glyph} aria-hidden>
          {operator?.glyph ?? '?'}
        </span>
        {renaming ? (
          <RenameField id={id} />
        ) : (
          // The keyboard's way is F2 on the node, which a screen reader is told.
          // biome-ignore lint/a11y/noStaticElementInteractions: a second way for the pointer only
          <span className={styles.name} title={id} onDoubleClick={() => desk.view.setState({ renaming: id })}>
            {id}
          </span>
        )}
        {off && <span className={styles.off}>{t('canvas.node.off')}</span>}
        {operator?.view === 'figures' && <LiveTotal id={id} />}
        <FailureMark id={id} />
        <ProblemMark id={id} />
      </div>
      <div className={styles.row}>
        <span className={styles.title} title={operator?.title}>
          {operator?.title ?? t('canvas.node.unknown', { op: node.op })}
        </span>
        <LiveCount of={taken ?? id} on={id} />
      </div>
      {summary.length > 0 && (
        <span className={styles.summary} title={summary.map((part) => part.text).join(' · ')}>
          {summary.map((part, index) => (
            <Fragment key={part.text}>
              {index > 0 && ' · '}
              {part.code ? <code>{part.text}</code> : part.text}
            </Fragment>
          ))}
        </span>
      )}
      {data.inputs.map((port, index) => (
        <Handle
          key={port}
          id={port}
          type="target"
          position={Position.Left}
          className={styles.handle}
          style={{ top: portY(index, data.inputs.length) }}
          role="img"
          aria-label={t('canvas.port.in', { port, id })}
        >
          {data.inputs.length > 1 && <span className={styles.port}>{port}</span>}
        </Handle>
      ))}
      {data.output && (
        <Handle
          id={OUT_HANDLE}
          type="source"
          position={Position.Right}
          className={styles.handle}
          role="img"
          aria-label={t('canvas.port.out', { id })}
        />
      )}
    </div>
  )
})

const ICONS = { error: CircleAlert, warning: TriangleAlert, info: Info } as const
const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

function findWorst(diagnostics: readonly Diagnostic[], id: string): Diagnostic | undefined {
  let worst: Diagnostic | undefined
  for (const each of diagnostics) {
    if (each.node === id && (worst === undefined || RANK[each.severity] < RANK[worst.severity])) worst = each
  }
  return worst
}

/** The worst problem of the node, as a mark that says what it is. */
function ProblemMark({ id }: { readonly id: string }): ReactNode {
  const t = useWords()
  const problem = useDocument((state) => findWorst(state.checked.diagnostics, id))
  if (problem === undefined) return null
  const { severity } = problem
  const Icon = ICONS[severity]
  const message = problem.hint === undefined ? problem.message : `${problem.message} ${problem.hint}`
  const text = t('canvas.node.problem', { severity, message })
  return (
    <span className={styles.mark} data-severity={severity} role="img" aria-label={text} title={text}>
      <Icon size={14} aria-hidden />
    </span>
  )
}

/** Marks the node whose function failed in the shown batch. */
function FailureMark({ id }: { readonly id: string }): ReactNode {
  const t = useWords()
  const shown = useSession((state) => state.shownBatchMs)
  const failure = useRun((figures) => findShownFailure(figures, shown, id))
  if (failure === undefined) return null
  const text = t('canvas.node.failed', { message: failure.message })
  return (
    <span className={styles.failed} role="img" aria-label={text} title={text}>
      <CircleX size={14} aria-hidden />
    </span>
  )
}
