import { type ReactNode, useEffect, useRef } from 'react'
import type { Json } from '#engine/model/json.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './Field.module.css'
import { Field, helpId } from './Field.tsx'
import type { Draft } from './param-drafts.ts'
import { printPlainDraft } from './param-drafts.ts'
import type { ParamFieldProps } from './param-field-props.ts'
import { useDraft } from './use-draft.ts'

export interface TypedFieldProps extends ParamFieldProps {
  parse(text: string, required: boolean): Draft
  readonly print?: (value: Json | undefined) => string
  readonly aside?: ReactNode
  readonly inputMode?: 'numeric' | 'decimal' | 'url' | 'text'
  readonly placeholder?: string | undefined
  /** Several lines. */
  readonly area?: boolean
}

/** A field into which a value is typed. */
export function TypedField(props: TypedFieldProps): ReactNode {
  const { id, spec, value, required, fallback, diagnostics, focusCount, parse, print = printPlainDraft, area } = props
  const t = useWords()
  const control = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const draft = useDraft({ value, print, parse: (text) => parse(text, required), write: props.write })
  useEffect(() => {
    if (focusCount > 0) control.current?.focus()
  }, [focusCount])
  const shared = {
    id,
    ref: control,
    value: draft.text,
    'aria-describedby': helpId(id),
    'aria-invalid': draft.error !== undefined || diagnostics.some((each) => each.severity === 'error'),
    placeholder: fallback === undefined ? props.placeholder : printPlainDraft(fallback),
    spellCheck: false,
    autoComplete: 'off',
  }
  return (
    <Field
      id={id}
      label={spec.label}
      help={spec.help}
      aside={props.aside ?? (required || fallback !== undefined ? undefined : t('inspector.optional'))}
      error={draft.error}
      diagnostics={diagnostics}
      onFix={props.fix}
    >
      {area ? (
        <textarea
          {...shared}
          className={styles.area}
          rows={Math.min(14, draft.text.split('\n').length + 1)}
          onChange={(event) => draft.type(event.target.value)}
        />
      ) : (
        <input
          {...shared}
          className={styles.input}
          inputMode={props.inputMode}
          onChange={(event) => draft.type(event.target.value)}
        />
      )}
    </Field>
  )
}
