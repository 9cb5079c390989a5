import type { KeyboardEvent } from 'react'
import { useCallback, useEffect, useMemo } from 'react'
import { createKeybindingsHandler } from 'tinykeys'
import type { CanvasAction } from '#ui/canvas/actions/canvas-actions.ts'
import { copyText, pasteText, removeCopied } from '#ui/canvas/actions/clipboard.ts'
import type { CanvasDesk } from './canvas-desk.ts'

/** The shortcuts of the actions, for the canvas's element: they work while something on the canvas has the focus. */
export function useShortcuts(actions: readonly CanvasAction[]): (event: KeyboardEvent) => void {
  const handle = useMemo(() => {
    const bindings: Record<string, (event: Event) => void> = {}
    for (const action of actions) {
      if (action.byBrowser === true) continue
      for (const shortcut of action.shortcuts) {
        bindings[shortcut] = (event) => {
          if (!action.enabled()) return
          event.preventDefault()
          event.stopPropagation()
          action.run()
        }
      }
    }
    return createKeybindingsHandler(bindings)
  }, [actions])
  return useCallback(
    (event) => {
      if (!isTyping(event.target)) handle(event.nativeEvent)
    },
    [handle],
  )
}

/** Cut, copy and paste as the browser tells them, when the canvas or nothing has the focus and no text is marked. */
export function useClipboard(desk: CanvasDesk): void {
  useEffect(() => {
    const ours = (event: Event) => {
      const focused = document.activeElement
      const here = focused === document.body || desk.region.current?.contains(focused) === true
      return here && !isTyping(event.target) && (window.getSelection()?.isCollapsed ?? true)
    }
    const onCopy = (event: ClipboardEvent) => {
      if (!ours(event)) return
      const text = copyText(desk)
      if (text === undefined) return
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      if (event.type === 'cut') removeCopied(desk)
    }
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (!ours(event) || text === '') return
      event.preventDefault()
      pasteText(desk, text)
    }
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCopy)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCopy)
      document.removeEventListener('paste', onPaste)
    }
  }, [desk])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}
