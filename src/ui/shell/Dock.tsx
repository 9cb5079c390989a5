import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import { LateCheckpointPanel } from '#ui/checkpoint/LateCheckpointPanel.tsx'
import { OutputPanel } from '#ui/outputs/OutputPanel.tsx'
import { ProblemsPanel, useProblemCount } from '#ui/problems/ProblemsPanel.tsx'
import { ReceiversPanel } from '#ui/problems/ReceiversPanel.tsx'
import { LateStorageMemory } from '#ui/run/LateStorageMemory.tsx'
import { FilesPanel } from '#ui/saved/FilesPanel.tsx'
import { useRun, useServices, useSession } from '#ui/services.ts'
import { type DockTab, dockTabs } from '#ui/state/session-store.ts'
import { LateStorageLine } from '#ui/storage/LateStorage.tsx'
import { BatchesPanel } from '#ui/timeline/BatchesPanel.tsx'
import { Timeline } from '#ui/timeline/Timeline.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './Dock.module.css'

const PANELS: Readonly<Record<DockTab, () => ReactNode>> = {
  output: OutputPanel,
  batches: BatchesPanel,
  problems: ProblemsPanel,
  receivers: ReceiversPanel,
  checkpoint: CheckpointTab,
  files: FilesPanel,
}

function CheckpointTab(): ReactNode {
  return (
    <div className={styles.checkpoint}>
      <LateStorageLine />
      <LateCheckpointPanel />
    </div>
  )
}

/** The timeline, and below it what the batches gave and cost. */
export function Dock(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const tab = useSession((state) => state.dockTab)
  const show = (value: string): void => {
    const chosen = dockTabs.find((each) => each === value)
    if (chosen !== undefined) session.getState().showDockTab(chosen)
  }
  return (
    <div className={styles.dock}>
      <div className={styles.timeline}>
        <Timeline />
      </div>
      <Tabs.Root className={styles.tabs} value={tab} onValueChange={show}>
        <div className={styles.head}>
          <Tabs.List className={styles.list} aria-label={t('shell.dock')}>
            {dockTabs.map((each) => (
              <Tabs.Trigger key={each} value={each} className={styles.tab}>
                {t(`shell.tab.${each}`)}
                <Badge tab={each} />
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <LateStorageMemory />
        </div>
        {dockTabs.map((each) => {
          const Content = PANELS[each]
          return (
            <Tabs.Content key={each} value={each} className={styles.content}>
              <Content />
            </Tabs.Content>
          )
        })}
      </Tabs.Root>
    </div>
  )
}

function Badge({ tab }: { readonly tab: DockTab }): ReactNode {
  const problems = useProblemCount()
  const receivers = useRun((run) => run.receivers.length)
  const count = tab === 'problems' ? problems : tab === 'receivers' ? receivers : 0
  return count === 0 ? undefined : <span className={styles.badge}>{formatNumber(count)}</span>
}
