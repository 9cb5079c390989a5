import type { ReactNode } from 'react'
import type { Edit } from '#engine/model/edit.ts'
import { useDocument, useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import { Editable } from './Editable.tsx'
import styles from './Inspector.module.css'

export interface ManySelectedProps {
  readonly nodes: readonly string[]
  readonly edges: readonly number[]
}

/** Several things at once: how many, and what can be done with all of them in one undo step. */
export function ManySelected({ nodes, edges }: ManySelectedProps): ReactNode {
  const t = useWords()
  const { document, session } = useServices()
  const allOff = useDocument((state) => nodes.every((id) => state.checked.nodes.get(id)?.node.disabled === true))
  const edit = (label: string, edits: readonly Edit[]) => document.getState().edit({ kind: 'compound', label, edits })
  const toggle = () =>
    edit(
      t(allOff ? 'inspector.switchedOn' : 'inspector.switchedOff'),
      nodes.map((node): Edit => ({ kind: 'setDisabled', node, ...(allOff ? {} : { disabled: true }) })),
    )
  const remove = () => {
    // Edges first: their positions are those before any node takes its own edges with it.
    const edits: Edit[] = []
    if (edges.length > 0) edits.push({ kind: 'removeEdges', positions: [...edges].sort((a, b) => a - b) })
    if (nodes.length > 0) edits.push({ kind: 'removeNodes', ids: nodes })
    if (edit(t('inspector.removed'), edits).ok) session.getState().select({})
  }
  const both = nodes.length > 0 && edges.length > 0 ? 1 : 0
  return (
    <div className={styles.form}>
      <h2 className={styles.title}>{t('inspector.several', { nodes: nodes.length, edges: edges.length, both })}</h2>
      <Editable>
        <div className={styles.row}>
          {nodes.length > 0 && (
            <Button look="outline" onClick={toggle}>
              {t(allOff ? 'inspector.switchOn' : 'inspector.switchOff')}
            </Button>
          )}
          <Button look="danger" onClick={remove}>
            {t('inspector.remove')}
          </Button>
        </div>
      </Editable>
    </div>
  )
}
