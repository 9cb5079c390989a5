import {
  autocompletion,
  type CompletionSource,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { javascript } from '@codemirror/lang-javascript'
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { Annotation, EditorState, type Extension } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { useWords } from '#ui/words/words.ts'
import type { EditorViewProps } from './code-editor-props.ts'
import { fitMarks } from './code-marks.ts'
import { editorTheme } from './editor-theme.ts'

/** Marks a change that came from outside, which is not told back. */
const fromOutside = Annotation.define<true>()

/** CodeMirror 6 in React's clothes. Loaded on demand: import CodeEditor instead. */
export function CodeMirrorView(props: EditorViewProps): ReactNode {
  const t = useWords()
  const host = useRef<HTMLDivElement>(null)
  const after = useRef<HTMLSpanElement>(null)
  const view = useRef<EditorView>(undefined)
  const tell = useEffectEvent((value: string) => props.onChange(value))
  const complete = useEffectEvent((context: Parameters<CompletionSource>[0]) => completeField(context, props.fields))
  const initial = useEffectEvent(() => props.value)
  const { value, label, describedBy, readOnly, marks, focusCount } = props

  useEffect(() => {
    const parent = host.current
    if (parent === null) return
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: initial(),
        extensions: [
          editing(() => after.current?.focus()),
          autocompletion({ override: [(context) => complete(context)], activateOnTyping: false, icons: false }),
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({
            'aria-label': label,
            'aria-readonly': String(readOnly),
            ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
          }),
          EditorView.updateListener.of((update) => {
            const outside = update.transactions.some((transaction) => transaction.annotation(fromOutside))
            if (update.docChanged && !outside) tell(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = made
    return () => {
      view.current = undefined
      made.destroy()
    }
  }, [label, describedBy, readOnly])

  useEffect(() => {
    const made = view.current
    if (made === undefined || made.state.doc.toString() === value) return
    made.dispatch({
      changes: { from: 0, to: made.state.doc.length, insert: value },
      annotations: fromOutside.of(true),
    })
  }, [value])

  useEffect(() => {
    const made = view.current
    if (made !== undefined) made.dispatch(setDiagnostics(made.state, fitMarks(marks, made.state.doc.length)))
  }, [marks])

  const focus = useEffectEvent(() => {
    view.current?.focus()
    if (props.focusAt !== undefined) goTo(view.current, props.focusAt)
  })
  useEffect(() => {
    if (focusCount > 0) focus()
  }, [focusCount])

  return (
    <div>
      <div ref={host} />
      {/* Where Escape puts the focus, so that Tab goes on from behind the editor. */}
      <span ref={after} tabIndex={-1}>
        <span className="visually-hidden">{t('code-editor.leave')}</span>
      </span>
    </div>
  )
}

/** Selects nothing at the place, or at the nearest one that there is: the code may have changed since. */
function goTo(
  view: EditorView | undefined,
  { line, column }: { readonly line: number; readonly column: number },
): void {
  if (view === undefined) return
  const { doc } = view.state
  const { from, to } = doc.line(Math.min(Math.max(1, line), doc.lines))
  view.dispatch({ selection: { anchor: Math.min(to, from + Math.max(0, column - 1)) }, scrollIntoView: true })
}

function editing(leave: () => void): Extension {
  return [
    history(),
    javascript(),
    EditorView.lineWrapping,
    EditorState.tabSize.of(2),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      indentWithTab,
      {
        key: 'Escape',
        stopPropagation: true,
        run: () => {
          leave()
          return true
        },
      },
    ]),
    editorTheme,
  ]
}

/** Fields seen in the last batch, after a dot. */
function completeField(
  context: Parameters<CompletionSource>[0],
  fields: readonly string[],
): ReturnType<CompletionSource> {
  const word = context.matchBefore(/\.\w*$/)
  if (word === null || fields.length === 0) return null
  return { from: word.from + 1, options: fields.map((label) => ({ label, type: 'property' })), validFor: /^\w*$/ }
}
