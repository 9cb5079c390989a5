import { type ReactNode, useRef } from 'react'
import { drawFigure, useFigure } from '#ui/canvas/figures/use-figure.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasNode.module.css'

/** Records of the shown batch. */
export function LiveCount({ id }: { readonly id: string }): ReactNode {
  const t = useWords()
  const box = useRef<HTMLSpanElement>(null)
  useFigure(id, {
    draw: (figure) => box.current && drawFigure(box.current, figure),
    describe: ({ count }) => {
      if (box.current === null || count === undefined) return
      box.current.ariaLabel = count === null ? t('canvas.node.noRdd') : t('canvas.node.records', { count })
    },
  })
  return <span ref={box} className={styles.count} role="img" hidden />
}
