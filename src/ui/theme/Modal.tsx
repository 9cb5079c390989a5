import { X } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { type CSSProperties, type ReactNode, useRef } from 'react'
import { IconButton } from './Button.tsx'
import styles from './Modal.module.css'

export interface ModalProps {
  readonly open: boolean
  readonly title: string
  readonly text?: string
  readonly closeLabel: string
  /** CSS px. */
  readonly width?: number
  /** Buttons at the bottom. */
  readonly foot?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A dialog over the work; Escape and the button close it. */
export function Modal({ open, title, text, closeLabel, width, foot, onClose, children }: ModalProps): ReactNode {
  const content = useRef<HTMLDivElement>(null)
  // A custom property, which React's type of styles does not know.
  const style = width === undefined ? {} : ({ '--modal-width': `${width}px` } as CSSProperties)
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.overlay} />
        <Dialog.Content
          className={styles.content}
          style={style}
          // Not the button that closes, whose hint would open with the dialog.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            content.current?.focus()
          }}
          ref={content}
          {...(text === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <div className={styles.head}>
            <div className={styles.words}>
              <Dialog.Title className={styles.title}>{title}</Dialog.Title>
              {text !== undefined && <Dialog.Description className={styles.text}>{text}</Dialog.Description>}
            </div>
            <IconButton label={closeLabel} icon={<X size={16} />} onClick={onClose} />
          </div>
          <div className={styles.body}>{children}</div>
          {foot !== undefined && <div className={styles.foot}>{foot}</div>}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
