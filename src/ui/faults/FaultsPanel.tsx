import { X } from 'lucide-react'
import { Popover } from 'radix-ui'
import { type ReactNode, type RefObject, useState } from 'react'
import type { Result } from '#engine/model/result.ts'
import { useDocument, useRun } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { IconButton } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import { FaultRows } from './FaultRows.tsx'
import styles from './FaultsPanel.module.css'
import { useTargets } from './use-targets.ts'

export interface FaultsPanelProps {
  readonly anchor: RefObject<HTMLButtonElement | null>
  onClose(): void
}

/** Every fault with what it does, its choices and a button; below them what came of the last one. */
export function FaultsPanel({ anchor, onClose }: FaultsPanelProps): ReactNode {
  const t = useWords()
  const busy = useRun((run) => isBusy(run.phase))
  const followed = useDocument((document) => document.locked !== undefined)
  const [told, setTold] = useState('')
  const [targets, look] = useTargets(busy && !followed)
  const act = async (what: string, doIt: () => Promise<Result<void, string>> | undefined): Promise<void> => {
    const done = await doIt()
    setTold(done?.ok === false ? t('faults.failed', { reason: done.error }) : t('faults.done', { what }))
    look()
  }
  const whyNot = followed
    ? t('faults.elsewhere')
    : !busy
      ? t('faults.notRunning')
      : targets === undefined
        ? t('faults.noTargets')
        : undefined
  return (
    <Popover.Root open onOpenChange={(open) => open || onClose()}>
      {/* The button is in the page whenever the panel is. */}
      <Popover.Anchor virtualRef={anchor as RefObject<HTMLButtonElement>} />
      <Popover.Portal>
        <Popover.Content
          className={styles.panel}
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={t('faults.title')}
          onInteractOutside={(event) => {
            // The button closes it by itself.
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            anchor.current?.focus()
          }}
        >
          <div className={styles.header}>
            <h2 className={styles.title}>{t('faults.title')}</h2>
            <IconButton label={t('faults.close')} icon={<X size={14} />} onClick={onClose} />
          </div>
          <p className={styles.help}>{t('faults.help')}</p>
          <FaultRows targets={targets} whyNot={whyNot} act={act} />
          <p className={styles.told} role="status">
            {told}
          </p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
