import { Command, PanelLeft, PanelRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { FaultsButton } from '#ui/faults/FaultsButton.tsx'
import type { Desk } from '#ui/files/desk.ts'
import { FileMenu } from '#ui/files/FileMenu.tsx'
import { NameField } from '#ui/files/NameField.tsx'
import { ShareButton } from '#ui/files/ShareButton.tsx'
import { ProblemCount, UndoButtons } from '#ui/run/EditButtons.tsx'
import { RunButtons } from '#ui/run/RunButtons.tsx'
import { RunSettings } from '#ui/run/RunSettings.tsx'
import { RunStatus } from '#ui/run/RunStatus.tsx'
import { useServices } from '#ui/services.ts'
import { IconButton } from '#ui/theme/Button.tsx'
import { printShortcut } from '#ui/theme/shortcut.ts'
import { useWords } from '#ui/words/words.ts'
import { Logo } from './Logo.tsx'
import { ThemeToggle } from './ThemeToggle.tsx'
import styles from './TopBar.module.css'
import { useNarrow } from './use-media.ts'

/** The run bar: which pipeline, what it does, and what may be done to it. */
export function TopBar({ desk }: { readonly desk: Desk }): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const narrow = useNarrow()
  return (
    <header className={styles.bar}>
      {narrow && (
        <IconButton
          label={t('shell.openPalette')}
          icon={<PanelLeft size={16} />}
          onClick={() => session.getState().openDrawer('palette')}
        />
      )}
      <h1 className={styles.brand}>
        <Logo />
        <span className={styles.word}>{t('shell.app')}</span>
      </h1>
      <div className={styles.divider} />
      <div className={styles.document}>
        <NameField />
        <FileMenu desk={desk} />
      </div>
      <div className={styles.divider} />
      <RunButtons />
      <RunStatus />
      <RunSettings />
      <FaultsButton />
      <div className={styles.spring} />
      <div className={styles.right}>
        <ProblemCount />
        <UndoButtons />
        <ShareButton />
        <IconButton
          label={t('shell.commands')}
          icon={<Command size={16} />}
          shortcut={printShortcut('$mod+k')}
          onClick={() => session.getState().openDialog('commands')}
        />
        <ThemeToggle />
        {narrow && (
          <IconButton
            label={t('shell.openInspector')}
            icon={<PanelRight size={16} />}
            onClick={() => session.getState().openDrawer('inspector')}
          />
        )}
      </div>
    </header>
  )
}
