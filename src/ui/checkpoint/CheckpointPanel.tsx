import { Tabs } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import type { CheckpointReport } from '#engine/model/checkpoint-report.ts'
import { IncidentList } from '#ui/incidents/IncidentList.tsx'
import { useDocument, useRun } from '#ui/services.ts'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './CheckpointPanel.module.css'
import { ContentsSection } from './ContentsSection.tsx'
import { KeptSection } from './KeptSection.tsx'
import { LineageSection } from './LineageSection.tsx'
import { RecoverySection } from './RecoverySection.tsx'
import { useReport } from './use-report.ts'

const sections = ['lineage', 'kept', 'contents', 'recovery', 'incidents'] as const
type Section = (typeof sections)[number]

const SECTIONS: Readonly<Record<Section, (props: { readonly report: CheckpointReport | undefined }) => ReactNode>> = {
  lineage: LineageSection,
  kept: KeptSection,
  contents: ContentsSection,
  recovery: RecoverySection,
  incidents: IncidentsSection,
}

/** How far a run leads back, what is stored of it, and what that was good for. */
export function CheckpointPanel(): ReactNode {
  const t = useWords()
  const report = useReport()
  const on = useDocument((document) => document.pipeline.settings.checkpoint)
  const incidents = useRun((run) => run.incidents.length)
  const isKnown = useRun((run) => run.checkpoint !== undefined || run.recovery !== undefined)
  const [shown, show] = useState<Section>('lineage')
  if (!on && !isKnown && incidents === 0) {
    return <EmptyState title={t('checkpoint.off')} text={t('checkpoint.offText')} />
  }
  return (
    <Tabs.Root
      className={styles.panel}
      orientation="vertical"
      value={shown}
      onValueChange={(value) => show(sections.find((each) => each === value) ?? 'lineage')}
    >
      <Tabs.List className={styles.sections} aria-label={t('checkpoint.sections')}>
        {sections.map((section) => (
          <Tabs.Trigger key={section} value={section} className={styles.section}>
            {t(`checkpoint.section.${section}`)}
            {section === 'incidents' && incidents > 0 && (
              <span className={styles.count}>{formatNumber(incidents)}</span>
            )}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {sections.map((section) => {
        const Content = SECTIONS[section]
        return (
          <Tabs.Content key={section} value={section} className={styles.content}>
            <Content report={report} />
          </Tabs.Content>
        )
      })}
    </Tabs.Root>
  )
}

function IncidentsSection(): ReactNode {
  const t = useWords()
  const none = useRun((run) => run.incidents.length === 0)
  return none ? <p className={styles.note}>{t('checkpoint.noIncidents')}</p> : <IncidentList />
}
