import { type ReactNode, useId } from 'react'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { Settings } from '#engine/model/pipeline.ts'
import type { Result } from '#engine/model/result.ts'
import fieldStyles from '#ui/inspector/fields/Field.module.css'
import { Field, helpId } from '#ui/inspector/fields/Field.tsx'
import {
  type Draft,
  parseDurationDraft,
  parseIntegerDraft,
  parseTextDraft,
  printPlainDraft,
} from '#ui/inspector/fields/param-drafts.ts'
import { useDraft } from '#ui/inspector/fields/use-draft.ts'
import { readSeconds } from '#ui/print/duration.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'

type Kind = 'duration' | 'integer' | 'text'

const parsers: Readonly<Record<Kind, (text: string) => Draft>> = {
  duration: (text) => parseDurationDraft(text, true),
  integer: (text) => parseIntegerDraft(text, true),
  text: (text) => parseTextDraft(text, true),
}

export interface SettingFieldProps {
  readonly setting: 'batchMs' | 'master' | 'seed'
  readonly kind: Kind
  /** Values offered while typing. */
  readonly options?: readonly string[]
  readonly settings: Settings
  write(part: Partial<Settings>, field: string): Result<unknown, readonly Diagnostic[]>
  diagnosticsOf(setting: string): readonly Diagnostic[]
}

/** One setting into which a value is typed. */
export function SettingField(props: SettingFieldProps): ReactNode {
  const { setting, kind, options, settings, write, diagnosticsOf } = props
  const t = useWords()
  const id = useId()
  const list = useId()
  const raw = settings[setting]
  const draft = useDraft({
    value: raw,
    print: printPlainDraft,
    parse: parsers[kind],
    // The edit reads the settings anew and refuses what is none.
    write: (value) => write({ [setting]: value } as Partial<Settings>, setting),
  })
  const reading = kind === 'duration' && typeof raw === 'number' ? readSeconds(raw) : undefined
  const aside =
    reading === undefined ? undefined : t('inspector.seconds', { ms: formatNumber(Number(raw)), seconds: reading })
  return (
    <Field
      id={id}
      label={t(`inspector.${setting}`)}
      help={t(`inspector.${setting}Help`)}
      aside={aside}
      error={draft.error}
      diagnostics={diagnosticsOf(setting)}
    >
      <input
        id={id}
        className={fieldStyles.input}
        list={options === undefined ? undefined : list}
        aria-describedby={helpId(id)}
        aria-invalid={draft.error !== undefined || diagnosticsOf(setting).length > 0}
        spellCheck={false}
        autoComplete="off"
        value={draft.text}
        onChange={(event) => draft.type(event.target.value)}
      />
      {options !== undefined && (
        <datalist id={list}>
          {options.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </Field>
  )
}
