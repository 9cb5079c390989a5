import { useStoreApi, ViewportPortal } from '@xyflow/react'
import { memo, type ReactNode, useCallback } from 'react'
import { useCanvasDesk } from '#ui/canvas/canvas-desk.ts'
import styles from './FigureLayer.module.css'
import { SheetPainter } from './sheet-painter.ts'

/** The drawing that holds the live figures, above nodes and below notes. */
export const FigureLayer = memo(function FigureLayer(): ReactNode {
  const { sheet } = useCanvasDesk()
  const flow = useStoreApi()
  const begin = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      const context = canvas?.getContext('2d')
      return canvas && context ? new SheetPainter(sheet, flow, canvas, context).start() : undefined
    },
    [sheet, flow],
  )
  return (
    <ViewportPortal>
      <canvas ref={begin} className={styles.sheet} aria-hidden />
    </ViewportPortal>
  )
})
