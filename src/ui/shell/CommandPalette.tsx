import { Command as Menu } from 'cmdk'
import { Dialog } from 'radix-ui'
import { type ReactNode, type RefObject, useMemo } from 'react'
import type { CanvasHandle } from '#ui/canvas/Canvas.tsx'
import type { Desk } from '#ui/files/desk.ts'
import { useServices, useSession } from '#ui/services.ts'
import { printShortcut } from '#ui/theme/shortcut.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CommandPalette.module.css'
import { type Command, listCommands } from './commands.ts'

export interface CommandPaletteProps {
  readonly desk: Desk
  readonly canvas: RefObject<CanvasHandle | null>
}

/** Everything that can be done now, found by typing. */
export function CommandPalette({ desk, canvas }: CommandPaletteProps): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const open = useSession((state) => state.dialog === 'commands')
  const close = (): void => session.getState().openDialog(undefined)
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || close()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.overlay} />
        <Dialog.Content className={styles.content} aria-describedby={undefined}>
          <Dialog.Title className="visually-hidden">{t('shell.commands')}</Dialog.Title>
          {open && <Commands desk={desk} canvas={canvas} onDone={close} />}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Commands({ desk, canvas, onDone }: CommandPaletteProps & { readonly onDone: () => void }): ReactNode {
  const t = useWords()
  const services = useServices()
  const groups = useMemo(() => listCommands({ services, desk, canvas: canvas.current }), [services, desk, canvas])
  const choose = (command: Command): void => {
    onDone()
    // After the dialog has given the focus back: some commands take it elsewhere.
    setTimeout(() => command.run())
  }
  return (
    <Menu label={t('shell.commands')} loop>
      <Menu.Input className={styles.input} placeholder={t('shell.commandsHint')} autoFocus />
      <Menu.List className={styles.list}>
        <Menu.Empty className={styles.empty}>{t('shell.noCommand')}</Menu.Empty>
        {groups.map((group) => (
          <Menu.Group key={group.label} heading={group.label}>
            {group.commands.map((command) => (
              <Menu.Item
                key={command.id}
                value={command.id}
                keywords={[command.label]}
                className={styles.item}
                onSelect={() => choose(command)}
              >
                {command.label}
                {command.shortcut !== undefined && (
                  <kbd className={styles.shortcut}>{printShortcut(command.shortcut)}</kbd>
                )}
              </Menu.Item>
            ))}
          </Menu.Group>
        ))}
      </Menu.List>
    </Menu>
  )
}
