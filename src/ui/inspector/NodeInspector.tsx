import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import type { CheckedNode } from '#engine/compile/checked-pipeline.ts'
import { NodeHelp } from '#ui/inspector/help/NodeHelp.tsx'
import { readSeconds } from '#ui/print/duration.ts'
import { useDocument, useServices, useSession } from '#ui/services.ts'
import { type InspectorTab, inspectorTabs } from '#ui/state/session-store.ts'
import { useWords } from '#ui/words/words.ts'
import { Editable } from './Editable.tsx'
import styles from './Inspector.module.css'
import { LatePackedBadge } from './LatePackedBadge.tsx'
import { NodeIdentity } from './NodeIdentity.tsx'
import { ParamForm } from './ParamForm.tsx'
import { SendLines } from './SendLines.tsx'
import { useSlots } from './slots.ts'

/** One node: its settings, its records in the shown batch, and what its operator does. */
export function NodeInspector({ id }: { readonly id: string }): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const { DataPanel } = useSlots()
  const tab = useSession((state) => state.inspectorTab)
  const checked = useDocument((document) => document.checked.nodes.get(id))
  if (checked === undefined) return null
  return (
    <>
      <NodeTitle checked={checked} />
      <Tabs.Root
        className={styles.tabs}
        value={tab}
        onValueChange={(next) => {
          const known = inspectorTabs.find((each): each is InspectorTab => each === next)
          if (known !== undefined) session.getState().showInspectorTab(known)
        }}
      >
        <Tabs.List className={styles.tabList} aria-label={t('inspector.tabs')}>
          {inspectorTabs.map((each) => (
            <Tabs.Trigger key={each} value={each} className={styles.tab}>
              {t(`inspector.${each}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="settings" className={styles.content}>
          <Editable>
            <div className={styles.form}>
              {isTypedByHand(checked) && <SendLines node={id} />}
              <ParamForm checked={checked} />
              <NodeIdentity node={checked.node} />
            </div>
          </Editable>
        </Tabs.Content>
        <Tabs.Content value="data" className={styles.content}>
          <DataPanel />
        </Tabs.Content>
        <Tabs.Content value="help" className={styles.content}>
          {checked.operator !== undefined && <NodeHelp operator={checked.operator} />}
        </Tabs.Content>
      </Tabs.Root>
    </>
  )
}

function NodeTitle({ checked }: { readonly checked: CheckedNode }): ReactNode {
  const t = useWords()
  const { node, operator, slideMs } = checked
  return (
    <header className={styles.header}>
      <h2 className={styles.title}>{node.id}</h2>
      <p className={styles.facts}>
        {operator === undefined
          ? `${t('inspector.unknownOperator')} ${node.op}`
          : `${operator.title} · ${t(`inspector.category.${operator.category}`)}`}
      </p>
      {operator?.output !== undefined && slideMs !== undefined && (
        <p className={styles.facts}>
          {t(`inspector.shape.${checked.shape}`)} ·{' '}
          {t('inspector.slide', { slide: readSeconds(slideMs) ?? `${slideMs} ms` })}
        </p>
      )}
      <LatePackedBadge node={node.id} />
    </header>
  )
}

/** A receiver that neither reads from outside the page nor runs code is fed by the person. */
function isTypedByHand({ bound }: CheckedNode): boolean {
  if (bound?.isReceiver !== true) return false
  return bound.destinations.length === 0 && Object.keys(bound.functions).length === 0
}
