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
import { type MenuEnd, MenuList, type MenuListProps } from './MenuList.tsx'
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
  const listId = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<{ readonly at: Box; readonly begin: MenuListProps['begin'] }>()
  const show = (begin: MenuListProps['begin']): void => {
    const { current } = button
    if (current !== null) setOpen({ at: current.getBoundingClientRect(), begin })
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
        'aria-controls': open === undefined ? undefined : listId,
        // A click without a press is the keyboard's.
        onClick: (event: MouseEvent) =>
          open === undefined ? show(event.detail === 0 ? 'first' : undefined) : setOpen(undefined),
        onKeyDown: (event: KeyboardEvent) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          show(event.key === 'ArrowDown' ? 'first' : 'last')
        },
      })}
      {open !== undefined && (
        <MenuList {...open} id={listId} align={align} labelledBy={id} owner={button} onClose={close}>
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
  const id = useId()
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={`${styles.item} ${icon === undefined ? styles.plain : ''}`}
      aria-labelledby={`${id}name`}
      aria-describedby={shortcut === undefined && more === undefined ? undefined : `${id}keys ${id}more`}
      aria-disabled={disabled || undefined}
      onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
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
      <span id={`${id}name`}>{label}</span>
      {shortcut === undefined ? (
        <span />
      ) : (
        <kbd id={`${id}keys`} className={styles.shortcut}>
          {shortcut}
        </kbd>
      )}
      {more !== undefined && (
        <span id={`${id}more`} className={styles.more}>
          {more}
        </span>
      )}
    </button>
  )
}

export function MenuSeparator(): ReactNode {
  return <hr className={styles.separator} />
}
