import { type RefObject, useLayoutEffect, useRef } from 'react'
import { useCanvasDesk } from '#ui/canvas/canvas-desk.ts'
import type { Figure } from './figure.ts'
import type { FigurePlace } from './figure-board.ts'
import type { SheetFigure, Spot } from './figure-sheet.ts'

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
        draw: (figure) => latest.current.draw?.(figure),
        settle: (figure) => latest.current.settle?.(figure),
      }),
    [figures, node],
  )
}

/** Draws the node's live figure on the sheet, at `spot`. `place` does the rest: what is on the page, and its words. */
export function useSheetFigure(node: string, spot: Spot, place: FigurePlace): RefObject<SheetFigure | undefined> {
  const { sheet } = useCanvasDesk()
  const holder = spot.node
  const latest = useRef(spot)
  const drawn = useRef<SheetFigure>(undefined)
  useLayoutEffect(() => {
    latest.current = spot
    // It was rendered for a reason, and may stand elsewhere now.
    drawn.current?.stale()
  })
  useLayoutEffect(() => {
    const figure = sheet.add({ node: holder, measure: () => latest.current.measure() })
    drawn.current = figure
    return () => figure.remove()
  }, [sheet, holder])
  useFigure(node, {
    ...place,
    draw: (figure) => {
      drawn.current?.show(figure)
      place.draw?.(figure)
    },
  })
  return drawn
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
