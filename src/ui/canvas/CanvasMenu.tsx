import { type ComponentProps, cloneElement, Fragment, type ReactElement, type ReactNode, useRef, useState } from 'react'
import type { CanvasAction } from '#ui/canvas/actions/canvas-actions.ts'
import { printShortcut } from '#ui/canvas/actions/shortcut.ts'
import { MenuItem, MenuSeparator } from '#ui/theme/Menu.tsx'
import { type MenuEnd, MenuList } from '#ui/theme/MenuList.tsx'
import type { Box } from '#ui/theme/menu-place.ts'
import { useWords } from '#ui/words/words.ts'
import { useCanvasDesk } from './canvas-desk.ts'

const GROUPS = ['node', 'clipboard', 'canvas'] as const

/** Browsers that do not make a context menu event of a long press on a touch screen get one after this time. */
const LONG_PRESS_MS = 700

type Trigger = Pick<
  ComponentProps<'section'>,
  'onContextMenu' | 'onTouchStart' | 'onTouchMove' | 'onTouchEnd' | 'onTouchCancel'
>

interface Spot {
  readonly clientX: number
  readonly clientY: number
}

/** The context menu of the canvas, by right click, long press or the menu key. */
export function CanvasMenu({
  actions,
  children,
}: {
  readonly actions: readonly CanvasAction[]
  readonly children: ReactElement<Trigger>
}): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const [at, setAt] = useState<Box>()
  const press = useRef<ReturnType<typeof setTimeout>>(undefined)
  const openAt = ({ clientX, clientY }: Spot): void => {
    clearTimeout(press.current)
    setAt({ left: clientX, top: clientY, width: 0, height: 0 })
  }
  const release = (): void => clearTimeout(press.current)
  const close = ({ left, chosen }: MenuEnd): void => {
    setAt(undefined)
    if (left) return
    // What an action opens or focuses has to come after the focus is back.
    const [node] = desk.selection.nodes
    if (node === undefined) desk.focus()
    else desk.focusNode(node)
    chosen?.()
  }
  return (
    <>
      {cloneElement(children, {
        onContextMenu: (event) => {
          event.preventDefault()
          openAt(event)
        },
        onTouchStart: ({ touches }) => {
          release()
          const touch = touches.item(0)
          if (touches.length === 1) press.current = setTimeout(() => openAt(touch), LONG_PRESS_MS)
        },
        onTouchMove: release,
        onTouchEnd: release,
        onTouchCancel: release,
      })}
      {at !== undefined && (
        <MenuList key={`${at.left} ${at.top}`} at={at} label={t('canvas.menu')} onClose={close}>
          <Items actions={actions} />
        </MenuList>
      )}
    </>
  )
}

/** Drawn anew each time the menu opens, which is when `enabled` is asked. */
function Items({ actions }: { readonly actions: readonly CanvasAction[] }): ReactNode {
  const t = useWords()
  return GROUPS.map((group, index) => (
    <Fragment key={group}>
      {index > 0 && <MenuSeparator />}
      {actions
        .filter((action) => action.menu === group)
        .map((action) => (
          <MenuItem
            key={action.id}
            label={t(action.label)}
            shortcut={action.shortcuts[0] === undefined ? undefined : printShortcut(action.shortcuts[0])}
            disabled={!action.enabled()}
            onSelect={() => action.run()}
          />
        ))}
    </Fragment>
  ))
}
