import { type ReactNode, useRef } from 'react'
import { useDocument } from '#ui/services.ts'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'
import { useInSight } from '#ui/theme/use-in-sight.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CodeEditor.module.css'
import type { CodeEditorProps, EditorViewProps } from './code-editor-props.ts'

/** CodeMirror is large, so it comes in a chunk of its own; without it (offline, say) a plain text area does. */
const lateEditor = new LatePart(() =>
  import('./CodeMirrorView.tsx').then(
    (module) => module.CodeMirrorView,
    () => PlainEditor,
  ),
)

/** An editor for one piece of JavaScript; plain text until it is in sight. */
export function CodeEditor(props: CodeEditorProps): ReactNode {
  const t = useWords()
  const waiting = useRef<HTMLDivElement>(null)
  const seen = useInSight(waiting)
  const Editor = useLatePart(lateEditor, seen || props.focusCount > 0)
  const readOnly = useDocument((document) => document.locked !== undefined)
  if (Editor !== undefined) return <Editor {...props} readOnly={readOnly} />
  return (
    <div ref={waiting} aria-busy="true">
      <span className="visually-hidden">{t('code-editor.loading')}</span>
      <pre className={styles.waiting}>{props.value}</pre>
    </div>
  )
}

function PlainEditor({ value, label, describedBy, readOnly, onChange }: EditorViewProps): ReactNode {
  return (
    <textarea
      className={styles.plain}
      aria-label={label}
      aria-describedby={describedBy}
      spellCheck={false}
      readOnly={readOnly}
      rows={Math.min(12, value.split('\n').length + 1)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
