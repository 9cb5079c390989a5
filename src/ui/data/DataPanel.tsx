import type { ReactNode } from 'react'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { readSeconds } from '#ui/print/duration.ts'
import { useDocument, useRun, useServices, useSession } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './DataPanel.module.css'
import { explainAbsence } from './explain-absence.ts'
import { NodeRecords } from './NodeRecords.tsx'
import { useShownBatch } from './use-shown-batch.ts'

/** What the selected node's stream, or the stream on the selected edge, held in the shown batch. */
export function DataPanel(): ReactNode {
  const t = useWords()
  const [node] = useSession((state) => state.selection.nodes)
  const [position] = useSession((state) => state.selection.edges)
  const edge = useDocument((document) => (position === undefined ? undefined : document.pipeline.edges[position]))
  const from = node ?? edge?.from
  if (from === undefined) return <EmptyState title={t('data.nothing')} text={t('data.nothingText')} />
  const title =
    node === undefined && edge !== undefined ? t('data.ofEdge', { from, to: edge.to }) : t('data.of', { node: from })
  return (
    <section className={styles.panel} aria-label={title}>
      <NodeData key={from} node={from} />
    </section>
  )
}

function NodeData({ node }: { readonly node: string }): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const batch = useShownBatch()
  const clock = useRun((run) => run.clock)
  const checked = useDocument((document) => document.checked.nodes.get(node))
  const batchMs = useRun((run) => run.pipeline?.settings.batchMs) ?? 1000
  const inRun = useRun((run) => run.pipeline?.nodes.some((each) => each.id === node) ?? true)
  if (clock === undefined || batch.kind === 'none') {
    return <EmptyState title={t('data.noBatch')} text={t('data.noBatchText')} />
  }
  const print = (timeMs: number) => printBatchTime(timeMs, clock, batchMs)
  if (batch.kind === 'loading') return <p className={styles.note}>{t('data.loading', { time: print(batch.timeMs) })}</p>
  if (batch.kind === 'gone') {
    return (
      <EmptyState title={t('data.gone', { time: print(batch.timeMs) })} text={t('data.goneText')}>
        <Button look="outline" onClick={() => session.getState().showBatch('live')}>
          {t('data.backToLive')}
        </Button>
      </EmptyState>
    )
  }
  const { data, live } = batch
  const title = t(live ? 'data.liveBatch' : 'data.batch', { time: print(data.timeMs) })
  const held = Object.hasOwn(data.nodes, node) ? data.nodes[node] : undefined
  if (held === undefined) {
    const reason = explainAbsence({
      timeMs: data.timeMs,
      zeroMs: clock.zeroMs,
      slideMs: checked?.slideMs,
      live: checked?.live ?? true,
      off: checked?.off ?? false,
      inRun,
      failed: data.failures.length > 0,
    })
    const slide = readSeconds(checked?.slideMs ?? 0) ?? `${checked?.slideMs ?? 0} ms`
    return (
      <>
        <p className={styles.header}>{title}</p>
        <div className={styles.rest}>
          <EmptyState title={t('data.noRdd')} text={t(`data.noRdd.${reason}`, { slide })} />
        </div>
      </>
    )
  }
  return (
    <NodeRecords node={node} timeMs={data.timeMs} held={held} title={title} time={print(data.timeMs)} live={live} />
  )
}
