import { DropdownMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import styles from './Menu.module.css'

export interface MenuProps {
  /** One button that opens the menu. */
  readonly trigger: ReactElement
  readonly align?: 'start' | 'end'
  readonly children: ReactNode
}

/** A menu below a button. */
export function Menu({ trigger, align = 'start', children }: MenuProps): ReactNode {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.content} align={align} sideOffset={4} collisionPadding={8}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

export interface MenuItemProps {
  readonly icon?: ReactNode
  readonly label: string
  readonly more?: string | undefined
  readonly shortcut?: string
  readonly disabled?: boolean
  readonly onSelect: () => void
}

export function MenuItem({ icon, label, more, shortcut, disabled, onSelect }: MenuItemProps): ReactNode {
  return (
    <DropdownMenu.Item className={styles.item} disabled={disabled === true} onSelect={onSelect}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <span>{label}</span>
      {shortcut === undefined ? <span /> : <kbd className={styles.shortcut}>{shortcut}</kbd>}
      {more !== undefined && <span className={styles.more}>{more}</span>}
    </DropdownMenu.Item>
  )
}

export function MenuSeparator(): ReactNode {
  return <DropdownMenu.Separator className={styles.separator} />
}
