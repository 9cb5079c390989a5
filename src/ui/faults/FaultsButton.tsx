import { Zap } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useServices, useSession } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './FaultsButton.module.css'

const latePanel = new LatePart(async () => {
  const [{ FaultsPanel }, { loadLateWords }] = await Promise.all([
    import('./FaultsPanel.tsx'),
    import('#ui/words/late-words.ts'),
  ])
  loadLateWords()
  return FaultsPanel
})

/** Opens the faults that can be brought about. */
export function FaultsButton(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const button = useRef<HTMLButtonElement>(null)
  const isOpen = useSession((state) => state.dialog === 'faults')
  const Panel = useLatePart(latePanel, isOpen)
  return (
    <>
      <Button
        ref={button}
        aria-label={t('run.faults')}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        hint={t('run.faultsHint')}
        onClick={() => session.getState().openDialog(isOpen ? undefined : 'faults')}
      >
        <Zap size={14} aria-hidden="true" /> <span className={styles.word}>{t('run.faults')}</span>
      </Button>
      {isOpen && Panel !== undefined && (
        <Panel anchor={button} onClose={() => session.getState().openDialog(undefined)} />
      )}
    </>
  )
}
