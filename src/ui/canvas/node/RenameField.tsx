import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { isIdentifier } from '#engine/model/fresh-id.ts'
import { MAX_IDENTIFIER_LENGTH } from '#engine/model/limits.ts'
import { findNode } from '#engine/model/pipeline.ts'
import { useCanvasDesk } from '#ui/canvas/canvas-desk.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasNode.module.css'

/** The name of a node while it is being changed. Enter and leaving the field keep a good name, Escape keeps the old one. */
export function RenameField({ id }: { readonly id: string }): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const [name, setName] = useState(id)
  const done = useRef(false)
  const problemId = useId()

  const problem = !isIdentifier(name)
    ? t('canvas.rename.shape')
    : name !== id && findNode(desk.pipeline, name) !== undefined
      ? t('canvas.rename.taken', { id: name })
      : undefined

  const close = (focus: 'node' | 'none', keep: boolean) => {
    if (done.current) return
    done.current = true
    desk.view.setState({ renaming: undefined })
    const renamed =
      keep && problem === undefined && name !== id && desk.edit({ kind: 'renameNode', from: id, to: name })
    if (renamed) {
      const { nodes, edges } = desk.session.getState().selection
      desk.session.getState().select({ nodes: nodes.map((each) => (each === id ? name : each)), edges })
      desk.say(t('canvas.said.renamed', { from: id, to: name }))
    }
    if (focus === 'node') desk.focusNode(renamed ? name : id)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Enter' && problem === undefined) close('node', true)
    if (event.key === 'Escape') close('node', false)
  }

  return (
    <div className={`${styles.rename} nodrag nopan`}>
      <input
        // The person asked for this field, by F2 or a double click.
        // biome-ignore lint/a11y/noAutofocus: the field takes the place of what was in focus
        autoFocus
        aria-label={t('canvas.rename.label', { id })}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId}
        maxLength={MAX_IDENTIFIER_LENGTH}
        spellCheck={false}
        autoComplete="off"
        value={name}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => close('none', true)}
      />
      {problem !== undefined && (
        <p id={problemId} className={styles.renameProblem} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
