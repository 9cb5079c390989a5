import { type ReactNode, useMemo } from 'react'
import type { FunctionParam } from '#engine/operator/param.ts'
import { useSlots } from '#ui/inspector/slots.ts'
import { useRun } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './Field.module.css'
import { Field, helpId } from './Field.tsx'
import { markFunction } from './function-marks.ts'
import { parseTextDraft } from './param-drafts.ts'
import type { ParamFieldProps } from './param-field-props.ts'
import { useInputFields } from './use-input-fields.ts'

/** A function's source, with marks where the checks or the data found fault with it. */
export function FunctionField(props: ParamFieldProps<FunctionParam>): ReactNode {
  const { id, node, param, spec, value, required, diagnostics, focusCount, write } = props
  const t = useWords()
  const { CodeEditor } = useSlots()
  const source = typeof value === 'string' ? value : ''
  const failures = useRun((run) => run.failures)
  const ran = useRun((run) => run.pipeline?.nodes.find((each) => each.id === node)?.params[param])
  const marks = useMemo(() => {
    // Failures tell lines of the source that ran; once it is edited they mean nothing here.
    const own = ran === value ? failures.filter((each) => each.node === node && each.param === param) : []
    return markFunction(source, diagnostics, own)
  }, [source, diagnostics, failures, ran, value, node, param])
  return (
    <Field
      id={id}
      label={spec.label}
      help={spec.help}
      aside={required ? undefined : t('inspector.optional')}
      diagnostics={diagnostics}
      onFix={props.fix}
      labelElse
    >
      <code className={styles.signature}>{spec.signature}</code>
      <CodeEditor
        value={source}
        label={spec.label}
        describedBy={helpId(id)}
        marks={marks}
        fields={useInputFields(node)}
        focusCount={focusCount}
        focusAt={props.focusAt}
        onChange={(text) => {
          const draft = parseTextDraft(text, required)
          if (draft.ok) write(draft.value)
        }}
      />
    </Field>
  )
}
