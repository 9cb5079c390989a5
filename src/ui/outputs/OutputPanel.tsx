import { Eraser, Pause, Play, Radio } from 'lucide-react'
import { type ReactNode, Suspense, useMemo } from 'react'
import { useStore } from 'zustand'
import type { CheckedNode } from '#engine/compile/checked-pipeline.ts'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { useDocument, useRun, useServices, useSession } from '#ui/services.ts'
import { KEPT_BATCHES } from '#ui/state/run-store.ts'
import { Button } from '#ui/theme/Button.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { useWords } from '#ui/words/words.ts'
import { hasLogs } from './console-rows.ts'
import { ConsoleSection } from './late-views.ts'
import { logViewOf } from './log-view-store.ts'
import styles from './OutputPanel.module.css'
import { OutputSection } from './OutputSection.tsx'
import { viewLog, withoutFailed } from './output-log.ts'

/** What every output operation wrote: one section per output node. */
export function OutputPanel(): ReactNode {
  const t = useWords()
  const { session, run } = useServices()
  const viewStore = logViewOf(run)
  const view = useStore(viewStore)
  const written = useRun((figures) => figures.outputs)
  const batches = useRun((figures) => figures.batches)
  const entries = useMemo(() => withoutFailed(written, batches), [written, batches])
  const clock = useRun((figures) => figures.clock)
  const batchMs = useRun((figures) => figures.pipeline?.settings.batchMs) ?? 1000
  const shown = useSession((state) => state.shownBatchMs)
  const checked = useDocument((document) => document.checked)
  const nodes = [...checked.nodes.values()].filter((each) => isOutput(each) || writes(entries, each.node.id))
  if (nodes.length === 0) return <EmptyState title={t('outputs.noOutputs')} text={t('outputs.noOutputsText')} />
  if (clock === undefined || entries.length === 0) {
    return <EmptyState title={t('outputs.none')} text={t('outputs.noneText')} />
  }
  const print = (timeMs: number) => printBatchTime(timeMs, clock, batchMs)
  const paused = view.pausedAtMs !== undefined
  const viewOf = (all: typeof entries) =>
    shown === 'live'
      ? viewLog(all, view)
      : { entries: all.filter((entry) => entry.timeMs === shown), held: 0, hidden: 0 }
  const log = viewOf(entries)
  const follow = shown === 'live' && view.order === 'follow' && !paused
  // A chart shows the batches around the shown one as well.
  const history = shown === 'live' ? log.entries : entries
  const newestMs = entries.at(-1)?.timeMs
  return (
    <div className={styles.panel}>
      <div className={styles.tools} role="toolbar" aria-label={t('outputs.title')}>
        {shown === 'live' ? (
          <>
            {(['newestFirst', 'follow'] as const).map((order) => (
              <Button
                key={order}
                aria-pressed={view.order === order}
                hint={order === 'follow' ? t('outputs.followHint') : undefined}
                onClick={() => viewStore.setState({ order })}
              >
                {t(`outputs.${order}`)}
              </Button>
            ))}
            <Button
              aria-pressed={paused}
              onClick={() => viewStore.setState({ pausedAtMs: paused ? undefined : newestMs })}
            >
              {paused ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />}
              {t(paused ? 'outputs.resume' : 'outputs.pause')}
            </Button>
            {log.held > 0 && <span className={styles.held}>{t('outputs.held', { count: log.held })}</span>}
            <Button onClick={() => viewStore.setState({ clearedToMs: newestMs })}>
              <Eraser size={14} aria-hidden="true" />
              {t('outputs.clear')}
            </Button>
            {log.hidden > 0 && (
              <Button look="outline" onClick={() => viewStore.setState({ clearedToMs: undefined })}>
                {t('outputs.unclear', { count: log.hidden })}
              </Button>
            )}
          </>
        ) : (
          <>
            <strong>{t('outputs.showing', { time: print(shown) })}</strong>
            <Button look="outline" onClick={() => session.getState().showBatch('live')}>
              <Radio size={14} aria-hidden="true" />
              {t('outputs.backToLive')}
            </Button>
          </>
        )}
        <span className={styles.size}>{t('outputs.size', { count: entries.length, most: KEPT_BATCHES })}</span>
      </div>
      <div className={styles.sections}>
        {nodes.map((each) => (
          <OutputSection
            key={each.node.id}
            checked={each}
            entries={log.entries}
            history={history}
            shown={shown}
            follow={follow}
            print={print}
          />
        ))}
        {hasLogs(written) && (
          <Suspense>
            <ConsoleSection entries={viewOf(written).entries} follow={follow} />
          </Suspense>
        )}
      </div>
    </div>
  )
}

function isOutput(checked: CheckedNode): boolean {
  return checked.operator !== undefined && checked.operator.output === undefined && !checked.off
}

function writes(entries: readonly { readonly outputs: readonly { readonly node: string }[] }[], node: string): boolean {
  return entries.at(-1)?.outputs.some((output) => output.node === node) ?? false
}
