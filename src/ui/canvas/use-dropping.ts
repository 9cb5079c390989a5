import { type DragEvent, useMemo } from 'react'
import { addAt } from '#ui/canvas/actions/commands.ts'
import { OPERATOR_DRAG } from '#ui/state/operator-drag.ts'
import type { CanvasDesk } from './canvas-desk.ts'
import type { Spot } from './canvas-view.ts'

/** Takes operators from the palette: onto the canvas, or into the edge under the pointer. */
export function useDropping(desk: CanvasDesk) {
  return useMemo(
    () => ({
      onDragOver: (event: DragEvent) => {
        if (!event.dataTransfer.types.includes(OPERATOR_DRAG)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        markDropEdge(desk, findEdgeAt(desk, spotOf(event)))
      },
      onDragLeave: () => markDropEdge(desk, undefined),
      onDrop: (event: DragEvent) => {
        const operator = event.dataTransfer.getData(OPERATOR_DRAG)
        if (operator === '') return
        event.preventDefault()
        const spot = spotOf(event)
        const position = findEdgeAt(desk, spot)
        markDropEdge(desk, undefined)
        addAt(desk, operator, desk.toCanvas(spot), position === undefined ? undefined : { kind: 'into', position })
        desk.focus()
      },
    }),
    [desk],
  )
}

/** Shows which edge what is dragged would be put into. */
export function markDropEdge(desk: CanvasDesk, dropEdge: number | undefined): void {
  if (desk.view.getState().dropEdge !== dropEdge) desk.view.setState({ dropEdge })
}

/** The edge under a place in the window, also when a node is dragged over it, by its position in the document. */
export function findEdgeAt(desk: CanvasDesk, { x, y }: Spot): number | undefined {
  for (const element of document.elementsFromPoint(x, y)) {
    const id = element.closest<SVGElement>('.react-flow__edge')?.dataset.id
    if (id !== undefined) return desk.flow.getEdge(id)?.data?.position
  }
  return undefined
}

function spotOf(event: DragEvent): Spot {
  return { x: event.clientX, y: event.clientY }
}
