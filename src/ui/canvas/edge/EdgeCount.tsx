import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { useCanvasDesk } from '#ui/canvas/canvas-desk.ts'
import { drawFigure, useFigure } from '#ui/canvas/figures/use-figure.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasEdge.module.css'

/** How long the pointer rests on a figure before the records show. */
const PEEK_DELAY_MS = 150

/** Records of the shown batch on an edge: a glance on hover and focus, all that is kept on a click. */
export function EdgeCount({ from, to }: { readonly from: string; readonly to: string }): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const button = useRef<HTMLButtonElement>(null)
  const delay = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(delay.current), [])
  const length = useRef(0)
  useFigure(from, {
    draw: (figure) => {
      if (button.current === null) return
      drawFigure(button.current, figure)
      if (figure.text.length === length.current) return
      // A width of its own, so that a new figure is laid out by itself.
      length.current = figure.text.length
      button.current.style.width = `calc(${length.current}ch + 12px)`
    },
    describe: ({ count }) => {
      if (button.current === null || count === undefined) return
      button.current.ariaLabel =
        count === null ? t('canvas.edge.noRdd', { from, to }) : t('canvas.edge.records', { count, from, to })
    },
  })

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
      }}
      onPointerLeave={leave}
      onFocus={glance}
      onBlur={leave}
      onKeyDown={(event) => event.key === 'Escape' && leave()}
    />
  )
}
