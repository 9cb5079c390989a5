import type { Severity } from '#engine/model/diagnostic.ts'

/** A mark under a part of the code. Offsets in UTF-16 units, `to` excluded. */
export interface CodeMark {
  readonly from: number
  readonly to: number
  readonly severity: Severity
  readonly message: string
}

export interface CodeEditorProps {
  readonly value: string
  /** The accessible name. */
  readonly label: string
  /** Id of the text that explains the field. */
  readonly describedBy?: string | undefined
  readonly marks: readonly CodeMark[]
  /** Names offered after a dot on Ctrl+Space. */
  readonly fields: readonly string[]
  /** Takes the focus whenever this grows. */
  readonly focusCount: number
  /** Where the cursor goes then, line and column from 1. */
  readonly focusAt?: { readonly line: number; readonly column: number } | undefined
  onChange(value: string): void
}

/** What the editor itself is given. */
export interface EditorViewProps extends CodeEditorProps {
  /** Another tab owns the document. */
  readonly readOnly: boolean
}
