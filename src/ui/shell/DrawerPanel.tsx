import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { IconButton } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './DrawerPanel.module.css'

export interface DrawerPanelProps {
  readonly side: 'left' | 'right'
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A side panel on a narrow screen. The canvas beside it can still be used, so that operators can be dragged onto it. */
export function DrawerPanel({ side, open, title, onClose, children }: DrawerPanelProps): ReactNode {
  const t = useWords()
  const content = useRef<HTMLDivElement>(null)
  return (
    <Dialog.Root open={open} modal={false} onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          className={styles.drawer}
          data-side={side}
          aria-describedby={undefined}
          ref={content}
          // Not the button that closes, whose hint would open with the drawer.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            content.current?.focus()
          }}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <div className={styles.head}>
            <Dialog.Title className={styles.title}>{title}</Dialog.Title>
            <IconButton label={t('shell.closeDrawer')} icon={<X size={16} />} onClick={onClose} />
          </div>
          <div className={styles.body}>{children}</div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
