import { type ReactNode, useEffect, useRef } from 'react'
import type { ChoiceParam } from '#engine/operator/param.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './Field.module.css'
import { Field, helpId } from './Field.tsx'
import type { ParamFieldProps } from './param-field-props.ts'

/** One of a few values. A value that is none of them stays chosen until the person chooses another. */
export function ChoiceField(props: ParamFieldProps<ChoiceParam>): ReactNode {
  const { id, spec, value, fallback, diagnostics, focusCount } = props
  const t = useWords()
  const control = useRef<HTMLSelectElement>(null)
  useEffect(() => {
    if (focusCount > 0) control.current?.focus()
  }, [focusCount])
  const current = value ?? fallback
  const chosen = spec.options.find((option) => option.value === current)
  return (
    <Field
      id={id}
      label={spec.label}
      help={chosen?.help === undefined ? spec.help : `${spec.help} ${chosen.help}`}
      diagnostics={diagnostics}
      onFix={props.fix}
    >
      <select
        id={id}
        ref={control}
        className={styles.input}
        aria-describedby={helpId(id)}
        value={chosen?.value ?? ''}
        onChange={(event) => props.write(event.target.value)}
      >
        {chosen === undefined && (
          <option value="" disabled>
            {current === undefined ? t('inspector.choose') : String(current)}
          </option>
        )}
        {spec.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}
