import {
  type ComponentProps,
  cloneElement,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  use,
  useId,
  useRef,
  useState,
} from 'react'
import styles from './Menu.module.css'
import { type MenuEnd, MenuList } from './MenuList.tsx'
import { MenuContext } from './menu-context.ts'
import type { Box } from './menu-place.ts'

export interface MenuProps {
  /** One button that opens the menu. */
  readonly trigger: ReactElement<ComponentProps<'button'>>
  readonly align?: 'start' | 'end'
  readonly children: ReactNode
}

/** A menu below a button. */
export function Menu({ trigger, align = 'start', children }: MenuProps): ReactNode {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<{ readonly at: Box; readonly onFirst: boolean }>()
  const show = (onFirst: boolean): void => {
    const { current } = button
    if (current !== null) setOpen({ at: current.getBoundingClientRect(), onFirst })
  }
  const close = ({ left, chosen }: MenuEnd): void => {
    setOpen(undefined)
    if (!left) button.current?.focus()
    chosen?.()
  }
  return (
    <>
      {cloneElement(trigger, {
        id,
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': open !== undefined,
        // A click without a press is the keyboard's.
        onClick: (event: MouseEvent) => (open === undefined ? show(event.detail === 0) : setOpen(undefined)),
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          show(true)
        },
      })}
      {open !== undefined && (
        <MenuList {...open} align={align} labelledBy={id} owner={button} onClose={close}>
          {children}
        </MenuList>
      )}
    </>
  )
}

export interface MenuItemProps {
  readonly icon?: ReactNode
  readonly label: string
  readonly more?: string | undefined
  readonly shortcut?: string | undefined
  readonly disabled?: boolean
  readonly onSelect: () => void
}

export function MenuItem({ icon, label, more, shortcut, disabled = false, onSelect }: MenuItemProps): ReactNode {
  const choose = use(MenuContext)
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={`${styles.item} ${icon === undefined ? styles.plain : ''}`}
      aria-disabled={disabled || undefined}
      onPointerMove={(event) => {
        if (!disabled) event.currentTarget.focus({ preventScroll: true })
      }}
      onPointerLeave={(event) => event.currentTarget.closest<HTMLElement>('[role="menu"]')?.focus()}
      onClick={() => {
        if (!disabled) choose(onSelect)
      }}
    >
      {icon !== undefined && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <span>{label}</span>
      {shortcut === undefined ? <span /> : <kbd className={styles.shortcut}>{shortcut}</kbd>}
      {more !== undefined && <span className={styles.more}>{more}</span>}
    </button>
  )
}

export function MenuSeparator(): ReactNode {
  return <hr className={styles.separator} />
}
