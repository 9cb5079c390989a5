import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { useCanvasDesk } from '#ui/canvas/canvas-desk.ts'
import { useSheetFigure } from '#ui/canvas/figures/use-figure.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasEdge.module.css'

/** How long the pointer rests on a figure before the records show. */
const PEEK_DELAY_MS = 150
/** Canvas units that five characters take at most, and the height of what they stand in. */
const ROOM = 48
const HEIGHT = 18
/** How far the button beside a selected edge's figure pushes it: half of its size and of the gap between them. */
const PUSHED = (18 + 3) / 2

interface EdgeCountProps {
  readonly from: string
  readonly to: string
  /** Its middle, in canvas units. */
  readonly x: number
  readonly y: number
  readonly selected: boolean
}

/** Records of the shown batch on an edge: a glance on hover and focus, all that is kept on a click. The sheet writes the figure. */
export function EdgeCount({ from, to, x, y, selected }: EdgeCountProps): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const button = useRef<HTMLButtonElement>(null)
  const delay = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(delay.current), [])
  const hovered = useRef(false)
  const room = useRef(0)
  const makeRoom = (length: number) => {
    if (button.current === null || length === room.current) return
    room.current = length
    button.current.style.width = `calc(${length}ch + 12px)`
  }
  const left = x - ROOM / 2 - (selected ? PUSHED : 0)
  const spot = { node: undefined, measure: () => ({ x: left, y: y - HEIGHT / 2, width: ROOM, height: HEIGHT }) }
  const drawn = useSheetFigure(from, spot, {
    draw: ({ count, text }) => {
      if (button.current === null) return
      if (button.current.hidden !== (count === undefined)) button.current.hidden = count === undefined
      // Grows at once and shrinks later, so that figures of changing length do not make it flicker.
      if (text.length > room.current) makeRoom(text.length)
    },
    settle: ({ count, text }) => {
      if (button.current === null || count === undefined) return
      makeRoom(text.length)
      button.current.ariaLabel =
        count === null ? t('canvas.edge.noRdd', { from, to }) : t('canvas.edge.records', { count, from, to })
    },
  })
  const mark = () => drawn.current?.mark(selected || hovered.current)
  useEffect(mark)

  const glance = () => {
    if (button.current) desk.view.setState({ peek: { node: from, beside: button.current } })
  }
  const leave = () => {
    clearTimeout(delay.current)
    if (desk.view.getState().peek?.beside === button.current) desk.view.setState({ peek: undefined })
  }
  const show = (event: MouseEvent) => {
    event.stopPropagation()
    desk.session.getState().select({ nodes: [from] })
    desk.session.getState().showInspectorTab('data')
  }
  return (
    <button
      ref={button}
      type="button"
      className={styles.count}
      hidden
      onClick={show}
      onPointerEnter={() => {
        delay.current = setTimeout(glance, PEEK_DELAY_MS)
        hovered.current = true
        mark()
      }}
      onPointerLeave={() => {
        leave()
        hovered.current = false
        mark()
      }}
      onFocus={glance}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Escape' && leave()}
    />
  )
}
