import { lazy, type ReactNode, Suspense } from 'react'
import { useWords } from '#ui/words/words.ts'
import styles from './CodeEditor.module.css'
import type { CodeEditorProps } from './code-editor-props.ts'

/** CodeMirror is large, so it comes in a chunk of its own; without it (offline, say) a plain text area does. */
const Loaded = lazy(() =>
  import('./CodeMirrorView.tsx').then(
    (module) => ({ default: module.CodeMirrorView }),
    () => ({ default: PlainEditor }),
  ),
)

/** An editor for one piece of JavaScript. */
export function CodeEditor(props: CodeEditorProps): ReactNode {
  const t = useWords()
  const waiting = (
    <div aria-busy="true">
      <span className="visually-hidden">{t('code-editor.loading')}</span>
      <pre className={styles.waiting}>{props.value}</pre>
    </div>
  )
  return (
    <Suspense fallback={waiting}>
      <Loaded {...props} />
    </Suspense>
  )
}

function PlainEditor({ value, label, describedBy, onChange }: CodeEditorProps): ReactNode {
  return (
    <textarea
      className={styles.plain}
      aria-label={label}
      aria-describedby={describedBy}
      spellCheck={false}
      rows={Math.min(12, value.split('\n').length + 1)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
