import type { ReactNode } from 'react'
import type { Diagnostic, Fix } from '#engine/model/diagnostic.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './Field.module.css'

export interface FieldProps {
  /** Id of the control; its explanation gets the same with `-help`. */
  readonly id: string
  readonly label: string
  readonly help?: string | undefined
  /** Beside the label: `optional`, or a reading of the value. */
  readonly aside?: ReactNode
  /** Why the text in the field is not in the document. */
  readonly error?: string | undefined
  readonly diagnostics?: readonly Diagnostic[]
  onFix?(fix: Fix): void
  /** The label belongs to a control that has its own name. */
  readonly labelElse?: boolean
  readonly children: ReactNode
}

/** Id of the text that explains the control `id`. */
export function helpId(id: string): string {
  return `${id}-help`
}

/** A control with its label, its explanation, and what is wrong with its value. */
export function Field(props: FieldProps): ReactNode {
  const { id, label, help, aside, error, diagnostics = [], onFix, labelElse = false, children } = props
  const t = useWords()
  return (
    <div className={styles.field}>
      <div className={styles.label}>
        {labelElse ? (
          <span className={styles.name}>{label}</span>
        ) : (
          <label className={styles.name} htmlFor={id}>
            {label}
          </label>
        )}
        <span className={styles.aside}>{aside}</span>
      </div>
      {children}
      <div id={helpId(id)}>
        {error !== undefined && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        {diagnostics.map((each) => (
          <div
            key={`${each.code} ${each.message}`}
            className={each.severity === 'error' ? styles.error : styles.warning}
          >
            <p>
              <span className="visually-hidden">{t(`inspector.${each.severity}`)}: </span>
              {each.message}
              {each.hint !== undefined && <span className={styles.hint}> {each.hint}</span>}
            </p>
            {each.fixes !== undefined && each.fixes.length > 0 && (
              <div className={styles.fixes}>
                {each.fixes.map((fix) => (
                  <Button key={fix.label} look="outline" onClick={() => onFix?.(fix)}>
                    {fix.label}
                  </Button>
                ))}
              </div>
            )}
          </div>
        ))}
        {help !== undefined && <p className={styles.help}>{help}</p>}
      </div>
    </div>
  )
}
