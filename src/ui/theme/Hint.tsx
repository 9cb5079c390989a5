import { Tooltip } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import styles from './Hint.module.css'

export interface HintProps {
  readonly text: string
  readonly shortcut?: string | undefined
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  /** One element that takes a ref and handlers. */
  readonly children: ReactElement
}

/** A few words beside a control, on hover and on keyboard focus. Needs the shell's Tooltip.Provider above it. */
export function Hint({ text, shortcut, side = 'bottom', children }: HintProps): ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles.hint} side={side} sideOffset={6} collisionPadding={8}>
          {text}
          {shortcut !== undefined && <kbd className={styles.shortcut}>{shortcut}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
