import { type ReactNode, useId, useState } from 'react'
import type { PipelineNode } from '#engine/model/pipeline.ts'
import fieldStyles from '#ui/inspector/fields/Field.module.css'
import { Field, helpId } from '#ui/inspector/fields/Field.tsx'
import { useDocument, useServices } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import { checkNodeId } from './node-id.ts'

/** Name, note and switch of a node. */
export function NodeIdentity({ node }: { readonly node: PipelineNode }): ReactNode {
  const t = useWords()
  const { document } = useServices()
  const noteId = useId()
  const switchId = useId()
  const setNote = (note: string) =>
    document
      .getState()
      .edit({ kind: 'setNodeNote', node: node.id, ...(note === '' ? {} : { note }) }, { coalesce: `note ${node.id}` })
  const setEnabled = (on: boolean) =>
    document.getState().edit({ kind: 'setDisabled', node: node.id, ...(on ? {} : { disabled: true }) })
  return (
    <>
      <NodeIdField key={node.id} id={node.id} />
      <Field id={noteId} label={t('inspector.note')}>
        <textarea
          id={noteId}
          className={fieldStyles.area}
          rows={2}
          placeholder={t('inspector.notePlaceholder')}
          value={node.note ?? ''}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
      <Field id={switchId} label={t('inspector.enabled')} help={t('inspector.enabledHelp')}>
        <span className={fieldStyles.check}>
          <input
            type="checkbox"
            role="switch"
            id={switchId}
            aria-describedby={helpId(switchId)}
            checked={node.disabled !== true}
            aria-checked={node.disabled !== true}
            onChange={(event) => setEnabled(event.target.checked)}
          />
          <span aria-hidden="true">{t(node.disabled === true ? 'inspector.off' : 'inspector.on')}</span>
        </span>
      </Field>
    </>
  )
}

/** The new name is taken when the field is left or Enter pressed: half a name would rename the node letter by letter. */
function NodeIdField({ id }: { readonly id: string }): ReactNode {
  const t = useWords()
  const { document, session } = useServices()
  const taken = useDocument((state) => state.checked.nodes)
  const control = useId()
  const [text, setText] = useState(id)
  const [refusal, setRefusal] = useState<string | undefined>(undefined)
  const problem = checkNodeId(text, id, taken)
  const error = refusal ?? (problem === undefined ? undefined : t(`inspector.${problem}`))
  const rename = () => {
    if (text === id || problem !== undefined) return
    const renamed = document.getState().edit({ kind: 'renameNode', from: id, to: text })
    if (renamed.ok) session.getState().select({ nodes: [text] })
    else setRefusal(renamed.error.map((each) => each.message).join(' '))
  }
  return (
    <Field id={control} label={t('inspector.id')} help={t('inspector.idHelp')} error={error}>
      <input
        id={control}
        className={fieldStyles.input}
        aria-describedby={helpId(control)}
        aria-invalid={error !== undefined}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setRefusal(undefined)
          setText(event.target.value)
        }}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.key === 'Enter') rename()
          if (event.key !== 'Escape') return
          event.stopPropagation()
          setText(id)
        }}
      />
    </Field>
  )
}
