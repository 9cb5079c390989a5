import type { ReactNode } from 'react'
import { portOf } from '#engine/model/pipeline.ts'
import { useDocument, useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import { Editable } from './Editable.tsx'
import styles from './Inspector.module.css'
import { useSlots } from './slots.ts'

/** One edge: what flows on it. */
export function EdgeInspector({ position }: { readonly position: number }): ReactNode {
  const t = useWords()
  const { document, session } = useServices()
  const { DataPanel } = useSlots()
  const edge = useDocument((state) => state.pipeline.edges[position])
  if (edge === undefined) return null
  const remove = () => {
    if (document.getState().edit({ kind: 'removeEdges', positions: [position] }).ok) session.getState().select({})
  }
  return (
    <>
      <header className={styles.header}>
        <h2 className={styles.title}>
          {t('inspector.edge', { from: edge.from, to: edge.to })}
          <span className={styles.kind}>{t('inspector.edgePort', { port: portOf(edge) })}</span>
        </h2>
        <div className={styles.row}>
          <Editable>
            <Button look="danger" onClick={remove}>
              {t('inspector.removeEdge')}
            </Button>
          </Editable>
        </div>
      </header>
      <div className={styles.data}>
        <DataPanel />
      </div>
    </>
  )
}
