import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
} from 'react'
import { createPortal } from 'react-dom'
import styles from './Menu.module.css'
import { MenuContext } from './menu-context.ts'
import { type Box, placeMenu } from './menu-place.ts'

export interface MenuListProps {
  /** What it hangs from, in px of the window; a box without a size for a menu at a point. */
  readonly at: Box
  readonly align?: 'start' | 'end'
  readonly label?: string
  readonly labelledBy?: string
  readonly id?: string
  /** Opened by the keyboard, which expects to be on an item at once. */
  readonly begin?: 'first' | 'last' | undefined
  /** What opened it: presses there are its own affair. */
  readonly owner?: RefObject<HTMLElement | null>
  /** The menu goes: `chosen` is what the person chose; `left` when the focus is elsewhere already. */
  readonly onClose: (end: MenuEnd) => void
  readonly children: ReactNode
}

export interface MenuEnd {
  readonly left: boolean
  readonly chosen?: () => void
}

/** Those that cannot be chosen now, too: whoever does not see them learns of them by going there. */
const ITEMS = '[role="menuitem"]'

/** An open menu, over everything else.
 *  Source: WAI-ARIA Authoring Practices, menu button pattern */
export function MenuList(props: MenuListProps): ReactNode {
  const { at, align = 'start', id, label, labelledBy, begin, owner, onClose, children } = props
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = list.current
    if (element === null) return
    const { left, top } = placeMenu(at, element.getBoundingClientRect(), align, {
      width: window.innerWidth,
      height: window.innerHeight,
    })
    element.style.left = `${left}px`
    element.style.top = `${top}px`
    const items = begin === undefined ? [] : [...element.querySelectorAll<HTMLElement>(ITEMS)]
    const item = begin === 'last' ? items.at(-1) : items[0]
    ;(item ?? element).focus()
  }, [at, align, begin])

  const isOutside = (target: EventTarget | null): boolean =>
    target instanceof Node && list.current?.contains(target) !== true && owner?.current?.contains(target) !== true
  const leave = (target: EventTarget | null): void => {
    if (isOutside(target)) onClose({ left: true })
  }
  const press = useEffectEvent((event: Event) => leave(event.target))
  const resize = useEffectEvent(() => onClose({ left: false }))
  useEffect(() => {
    const pressed = (event: Event): void => press(event)
    const resized = (): void => resize()
    document.addEventListener('pointerdown', pressed, true)
    window.addEventListener('resize', resized)
    return () => {
      document.removeEventListener('pointerdown', pressed, true)
      window.removeEventListener('resize', resized)
    }
  }, [])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>(ITEMS)]
    const focused = document.activeElement
    const place = focused instanceof HTMLElement ? items.indexOf(focused) : -1
    const next = nextItem(event, items, place)
    // From where the menu was opened Tab goes on by itself.
    if (event.key === 'Escape' || event.key === 'Tab') onClose({ left: false })
    if (event.key === 'Tab' || (event.key !== 'Escape' && next === undefined)) return
    event.preventDefault()
    event.stopPropagation()
    next?.focus()
  }
  return createPortal(
    <div
      ref={list}
      id={id}
      role="menu"
      tabIndex={-1}
      className={styles.content}
      aria-label={label}
      aria-labelledby={labelledBy}
      onKeyDown={onKeyDown}
      onBlur={(event) => leave(event.relatedTarget)}
      onContextMenu={(event) => event.preventDefault()}
    >
      <MenuContext value={(chosen) => onClose({ left: false, chosen })}>{children}</MenuContext>
    </div>,
    document.body,
  )
}

/** Where a key leads: arrows round and round, Home, End, and letters to the next item that begins with them. */
function nextItem(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  items: readonly HTMLElement[],
  place: number,
): HTMLElement | undefined {
  if (ctrlKey || metaKey || altKey) return undefined
  if (key === 'ArrowDown') return items[(place + 1) % items.length]
  if (key === 'ArrowUp') return items.at(Math.max(place, 0) - 1)
  if (key === 'Home' || key === 'PageUp') return items[0]
  if (key === 'End' || key === 'PageDown') return items.at(-1)
  if (key.length !== 1 || key === ' ') return undefined
  const begins = (item: HTMLElement): boolean =>
    item.textContent.trim().toLocaleLowerCase().startsWith(key.toLocaleLowerCase())
  return [...items.slice(place + 1), ...items.slice(0, place + 1)].find(begins)
}
