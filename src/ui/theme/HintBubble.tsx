import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import styles from './Hint.module.css'
import type { HintSide } from './Hint.tsx'
import { placeHint } from './hint-place.ts'

/** How long the pointer rests on a control before its hint shows; right after another hint it shows at once. */
const DELAY_MS = 400
const AGAIN_MS = 200

/** The page's one hint: beside whatever control the pointer rests on or the keyboard has gone to. */
export function HintBubble(): ReactNode {
  const control = useHintedControl()
  const id = useId()
  const bubble = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (control === undefined || bubble.current === null) return
    const { offsetWidth: width, offsetHeight: height } = bubble.current
    const side: HintSide = control.dataset.hintSide === 'right' ? 'right' : 'bottom'
    const room = { width: window.innerWidth, height: window.innerHeight }
    const { left, top } = placeHint(control.getBoundingClientRect(), { width, height }, side, room)
    bubble.current.style.translate = `${Math.round(left)}px ${Math.round(top)}px`
    const before = control.getAttribute('aria-describedby')
    control.setAttribute('aria-describedby', before === null ? id : `${before} ${id}`)
    return () => {
      if (before === null) control.removeAttribute('aria-describedby')
      else control.setAttribute('aria-describedby', before)
    }
  }, [control, id])
  if (control === undefined) return undefined
  const { hint, hintShortcut } = control.dataset
  return (
    <div ref={bubble} id={id} role="tooltip" className={styles.hint}>
      {hint}
      {hintShortcut !== undefined && <kbd className={styles.shortcut}>{hintShortcut}</kbd>}
    </div>
  )
}

function useHintedControl(): HTMLElement | undefined {
  const [control, setControl] = useState<HTMLElement>()
  useEffect(() => {
    let shown: HTMLElement | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let hiddenMs = Number.NEGATIVE_INFINITY
    const show = (next: HTMLElement | undefined): void => {
      clearTimeout(timer)
      if (shown !== undefined) hiddenMs = performance.now()
      shown = next
      setControl(next)
    }
    const onOver = ({ target, pointerType }: PointerEvent): void => {
      const next = findHinted(target)
      if (next === shown || pointerType === 'touch') return
      show(undefined)
      if (next === undefined) return
      const soon = performance.now() - hiddenMs < AGAIN_MS
      timer = setTimeout(() => next.isConnected && show(next), soon ? 0 : DELAY_MS)
    }
    const onFocus = ({ target }: FocusEvent): void => {
      const next = findHinted(target)
      if (next?.matches(':focus-visible') === true) show(next)
    }
    const hide = (): void => show(undefined)
    const listening = new AbortController()
    const options = { signal: listening.signal, capture: true, passive: true }
    document.addEventListener('pointerover', onOver, options)
    document.addEventListener('focusin', onFocus, options)
    const onScroll = ({ target }: Event): void => {
      // A log that follows its end scrolls all the time; it moves only what is in it.
      if (target instanceof Node && shown !== undefined && target.contains(shown)) show(undefined)
    }
    document.addEventListener('scroll', onScroll, options)
    for (const kind of ['pointerdown', 'keydown', 'focusout', 'wheel'] as const) {
      document.addEventListener(kind, hide, options)
    }
    document.documentElement.addEventListener('pointerleave', hide, { signal: listening.signal })
    return () => {
      listening.abort()
      clearTimeout(timer)
    }
  }, [])
  return control
}

function findHinted(target: EventTarget | null): HTMLElement | undefined {
  const found = target instanceof Element ? target.closest<HTMLElement>('[data-hint]') : null
  return found === null || (found.dataset.hint === '' && found.dataset.hintShortcut === undefined) ? undefined : found
}
