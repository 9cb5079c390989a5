import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import type { Autosave } from '#ui/files/autosave.ts'
import { type Services, useServices } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { notify } from '#ui/theme/notify.ts'
import { t } from '#ui/words/words.ts'

/** Shortcuts that hold everywhere on the page. Fields that have an undo of their own keep it. */
export function useShortcuts(autosave: Autosave): void {
  const services = useServices()
  useEffect(() => {
    const { document, session } = services
    const editing = (act: () => void) => (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return
      event.preventDefault()
      act()
    }
    const always = (act: () => void) => (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      event.preventDefault()
      act()
    }
    return tinykeys(window, {
      '$mod+Enter': always(() => runOrStop(services)),
      '$mod+k': always(() => session.getState().openDialog('commands')),
      '$mod+z': editing(() => document.getState().undo()),
      '$mod+Shift+z': editing(() => document.getState().redo()),
      '$mod+y': editing(() => document.getState().redo()),
      '$mod+s': always(
        () => void autosave.flush().then(() => notify({ text: t('shell.saved'), more: t('shell.savedMore') })),
      ),
    })
  }, [services, autosave])
}

function runOrStop({ run, document, client, starter }: Services): void {
  if (isBusy(run.getState().phase)) void client.stop({ graceful: false })
  else if (document.getState().checked.runnable) void starter.start()
  else notify({ text: t('run.why.problems'), kind: 'bad' })
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}
