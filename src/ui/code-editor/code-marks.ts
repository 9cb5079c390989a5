import type { Diagnostic } from '@codemirror/lint'
import type { CodeMark } from './code-editor-props.ts'

/** Marks as CodeMirror takes them: inside a text of `length`, at least one character long where there is one. */
export function fitMarks(marks: readonly CodeMark[], length: number): Diagnostic[] {
  return marks.map((mark) => {
    const from = Math.max(0, Math.min(mark.from, length))
    const to = Math.max(from, Math.min(mark.to, length))
    const widened =
      to > from ? { from, to } : { from: Math.max(0, Math.min(from, length - 1)), to: Math.min(length, from + 1) }
    return { ...widened, severity: mark.severity, message: mark.message }
  })
}
