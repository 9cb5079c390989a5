import { ContextMenu } from 'radix-ui'
import { Fragment, type ReactElement, type ReactNode, useRef } from 'react'
import type { CanvasAction } from '#ui/canvas/actions/canvas-actions.ts'
import { printShortcut } from '#ui/canvas/actions/shortcut.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasMenu.module.css'
import { useCanvasDesk } from './canvas-desk.ts'

const GROUPS = ['node', 'clipboard', 'canvas'] as const

/** The context menu of the canvas, by right click or the menu key. */
export function CanvasMenu({
  actions,
  children,
}: {
  readonly actions: readonly CanvasAction[]
  readonly children: ReactElement
}): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  // What an action opens or focuses has to come after the menu gave the focus back.
  const chosen = useRef<CanvasAction | undefined>(undefined)
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content
          className={styles.menu}
          aria-label={t('canvas.menu')}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            const action = chosen.current
            chosen.current = undefined
            const [node] = desk.selection.nodes
            if (node === undefined) desk.focus()
            else desk.focusNode(node)
            action?.run()
          }}
        >
          <Items actions={actions} choose={(action) => (chosen.current = action)} />
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

/** Drawn anew each time the menu opens, which is when `enabled` is asked. */
function Items(props: {
  readonly actions: readonly CanvasAction[]
  readonly choose: (action: CanvasAction) => void
}): ReactNode {
  const t = useWords()
  return GROUPS.map((group, index) => (
    <Fragment key={group}>
      {index > 0 && <ContextMenu.Separator className={styles.separator} />}
      {props.actions
        .filter((action) => action.menu === group)
        .map((action) => (
          <ContextMenu.Item
            key={action.id}
            className={styles.item}
            disabled={!action.enabled()}
            onSelect={() => props.choose(action)}
          >
            <span>{t(action.label)}</span>
            {action.shortcuts[0] !== undefined && (
              <kbd className={styles.shortcut}>{printShortcut(action.shortcuts[0])}</kbd>
            )}
          </ContextMenu.Item>
        ))}
    </Fragment>
  ))
}
