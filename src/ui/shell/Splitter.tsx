import { type KeyboardEvent, type PointerEvent, type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { preferences } from '#ui/state/preferences.ts'
import styles from './Splitter.module.css'
import { nextSize, type SplitRange } from './split-size.ts'

export interface SplitterProps {
  /** Names what is remembered. */
  readonly id: string
  readonly label: string
  /** The line's own direction: a vertical one divides left from right. */
  readonly orientation: 'vertical' | 'horizontal'
  /** Where the panel is that it sizes; what lies on its other side takes the rest. */
  readonly side: 'before' | 'after'
  /** How much of the whole the panel has at first, and limits, all in px or all in percent; `min` always in px. */
  readonly unit: 'px' | '%'
  readonly initial: number
  readonly min: number
  readonly max: number
  /** px that the other side keeps. */
  readonly room: number
}

const STEP_PX = 16

/** A border between two panels, moved by pointer and by arrow keys; a double click puts it back. */
export function Splitter(props: SplitterProps): ReactNode {
  const { id, label, orientation, side, unit, initial, min, max } = props
  const [size, setSize] = useState(() => readSize(id, initial))
  const [dragging, setDragging] = useState(false)
  const grip = useRef<{ readonly at: number; readonly px: number }>(undefined)
  const line = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const panel = neighbours(line.current, side)?.panel
    if (panel !== undefined) panel.style.flexBasis = `${size}${unit}`
  }, [side, size, unit])

  const towards = side === 'before' ? 1 : -1
  const place = (event: PointerEvent): number => (orientation === 'vertical' ? event.clientX : event.clientY)
  const moveTo = (wishedPx: number): void => {
    const range = measure(line.current, props)
    if (range === undefined) return
    const next = nextSize(wishedPx, range)
    setSize(next)
    preferences.setItem(`panel.${id}`, String(next))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const range = measure(line.current, props)
    const steps = stepsOf(event.key, orientation)
    if (range === undefined || (steps === undefined && event.key !== 'Home' && event.key !== 'End')) return
    event.preventDefault()
    if (steps === undefined) moveTo(event.key === 'Home' ? 0 : Number.MAX_SAFE_INTEGER)
    else moveTo(range.px + steps * towards * STEP_PX)
  }
  const release = (): void => {
    grip.current = undefined
    setDragging(false)
  }
  return (
    // A focusable separator is a control: arrows move it.
    // biome-ignore lint/a11y/useSemanticElements: hr is not one
    <div
      ref={line}
      role="separator"
      tabIndex={0}
      className={styles.splitter}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(size)}
      aria-valuemin={unit === 'px' ? min : 0}
      aria-valuemax={max}
      data-dragging={dragging || undefined}
      onKeyDown={onKeyDown}
      onDoubleClick={() => {
        setSize(initial)
        preferences.setItem(`panel.${id}`, String(initial))
      }}
      onPointerDown={(event) => {
        const range = measure(line.current, props)
        if (event.button !== 0 || range === undefined) return
        event.currentTarget.setPointerCapture(event.pointerId)
        grip.current = { at: place(event), px: range.px }
        setDragging(true)
      }}
      onPointerMove={(event) => {
        if (grip.current !== undefined) moveTo(grip.current.px + (place(event) - grip.current.at) * towards)
      }}
      onPointerUp={release}
      onLostPointerCapture={release}
    />
  )
}

function readSize(id: string, initial: number): number {
  const size = Number(preferences.getItem(`panel.${id}`) ?? Number.NaN)
  return Number.isFinite(size) && size > 0 ? size : initial
}

function neighbours(
  line: HTMLElement | null,
  side: SplitterProps['side'],
): { readonly panel: HTMLElement; readonly other: HTMLElement } | undefined {
  const before = line?.previousElementSibling
  const after = line?.nextElementSibling
  if (!(before instanceof HTMLElement) || !(after instanceof HTMLElement)) return undefined
  return side === 'before' ? { panel: before, other: after } : { panel: after, other: before }
}

function measure(
  line: HTMLElement | null,
  { orientation, unit, min, max, room, side }: SplitterProps,
): SplitRange | undefined {
  const around = neighbours(line, side)
  const whole = line?.parentElement
  if (around === undefined || !(whole instanceof HTMLElement)) return undefined
  const px = (element: HTMLElement): number => (orientation === 'vertical' ? element.offsetWidth : element.offsetHeight)
  return { px: px(around.panel), spare: px(around.other) - room, whole: px(whole), unit, min, max }
}

function stepsOf(key: string, orientation: SplitterProps['orientation']): number | undefined {
  if (orientation === 'vertical') return key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : undefined
  return key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : undefined
}
