import { type ReactNode, useRef } from 'react'
import { useSheetFigure } from '#ui/canvas/figures/use-figure.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasNode.module.css'

/** Records of the shown batch of the stream of `of`, on the node `on`: room for the figure, which the sheet draws, and its words. */
export function LiveCount({ of, on }: { readonly of: string; readonly on: string }): ReactNode {
  const t = useWords()
  const box = useRef<HTMLSpanElement>(null)
  const spot = {
    node: on,
    measure: () => {
      const { offsetLeft = 0, offsetTop = 0, offsetWidth = 0, offsetHeight = 0, offsetParent } = box.current ?? {}
      // Offsets begin inside of the node's border.
      const { clientLeft = 0, clientTop = 0 } = offsetParent ?? {}
      return { x: offsetLeft + clientLeft, y: offsetTop + clientTop, width: offsetWidth, height: offsetHeight }
    },
  }
  useSheetFigure(of, spot, {
    draw: ({ count }) => {
      if (box.current !== null && box.current.hidden !== (count === undefined)) box.current.hidden = count === undefined
    },
    settle: ({ count }) => {
      if (box.current === null || count === undefined) return
      box.current.ariaLabel = count === null ? t('canvas.node.noRdd') : t('canvas.node.records', { count })
    },
  })
  return <span ref={box} className={styles.count} role="img" hidden />
}
