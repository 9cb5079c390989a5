import type { ReactNode } from 'react'
import type { Diagnostic, Fix } from '#engine/model/diagnostic.ts'
import fieldStyles from '#ui/inspector/fields/Field.module.css'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'

export interface NodeProblemsProps {
  readonly diagnostics: readonly Diagnostic[]
  onFix(fix: Fix): void
}

/** Problems of a node that belong to none of its fields. */
export function NodeProblems({ diagnostics, onFix }: NodeProblemsProps): ReactNode {
  const t = useWords()
  return diagnostics.map((each) => (
    <div
      key={`${each.code} ${each.message}`}
      className={each.severity === 'error' ? fieldStyles.error : fieldStyles.warning}
    >
      <p>
        <span className="visually-hidden">{t(`inspector.${each.severity}`)}: </span>
        {each.message}
        {each.hint !== undefined && <span className={fieldStyles.hint}> {each.hint}</span>}
      </p>
      {each.fixes?.map((fix) => (
        <Button key={fix.label} look="outline" onClick={() => onFix(fix)}>
          {fix.label}
        </Button>
      ))}
    </div>
  ))
}
