import { type ReactNode, useEffect, useRef } from 'react'
import type { FlagParam } from '#engine/operator/param.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './Field.module.css'
import { Field, helpId } from './Field.tsx'
import type { ParamFieldProps } from './param-field-props.ts'

/** Yes or no. */
export function FlagField(props: ParamFieldProps<FlagParam>): ReactNode {
  const { id, spec, value, fallback, diagnostics, focusCount } = props
  const t = useWords()
  const control = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (focusCount > 0) control.current?.focus()
  }, [focusCount])
  const checked = (value ?? fallback) === true
  return (
    <Field id={id} label={spec.label} help={spec.help} diagnostics={diagnostics} onFix={props.fix}>
      <span className={styles.check}>
        <input
          type="checkbox"
          id={id}
          ref={control}
          checked={checked}
          aria-describedby={helpId(id)}
          onChange={(event) => props.write(event.target.checked)}
        />
        <span aria-hidden="true">{t(checked ? 'inspector.on' : 'inspector.off')}</span>
      </span>
    </Field>
  )
}
