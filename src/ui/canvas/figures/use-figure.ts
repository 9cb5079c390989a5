import { useLayoutEffect, useRef } from 'react'
import { useCanvasDesk } from '#ui/canvas/canvas-desk.ts'
import type { Figure, FigurePlace } from './figure-board.ts'

/** Draws the node's live figure outside of rendering; `place` touches only what React leaves alone. */
export function useFigure(node: string, place: FigurePlace): void {
  const { figures } = useCanvasDesk()
  const latest = useRef(place)
  useLayoutEffect(() => {
    latest.current = place
  })
  useLayoutEffect(
    () =>
      figures.watch(node, {
        draw: (figure) => latest.current.draw(figure),
        describe: (figure) => latest.current.describe?.(figure),
      }),
    [figures, node],
  )
}

/** Writes a figure as the only text of an element, which is hidden while there is none. */
export function drawFigure(element: HTMLElement, { count, text }: Figure): void {
  if (element.hidden !== (count === undefined)) element.hidden = count === undefined
  if (count === undefined) return
  if (element.firstChild instanceof Text) element.firstChild.data = text
  else element.textContent = text
  const empty = !count
  if (element.hasAttribute('data-empty') !== empty) element.toggleAttribute('data-empty', empty)
}
