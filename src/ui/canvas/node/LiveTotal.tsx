import { type ReactNode, useRef } from 'react'
import { drawFigure, useFigure } from '#ui/canvas/figures/use-figure.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasNode.module.css'

/** What a counter has come to; nothing for outputs that do not count. */
export function LiveTotal({ id }: { readonly id: string }): ReactNode {
  const t = useWords()
  const box = useRef<HTMLSpanElement>(null)
  useFigure(id, {
    draw: ({ count, text }) => box.current && drawFigure(box.current, { count: count ?? undefined, text: `Σ ${text}` }),
    settle: ({ count }) => {
      if (box.current !== null && typeof count === 'number') box.current.ariaLabel = t('canvas.node.total', { count })
    },
  })
  return <span ref={box} className={`${styles.count} ${styles.total}`} role="img" hidden />
}
