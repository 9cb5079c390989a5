import type { ComponentType, ReactNode } from 'react'
import type { ParamKind, ParamSpec } from '#engine/operator/param.ts'
import { readSeconds } from '#ui/print/duration.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import { ChoiceField } from './ChoiceField.tsx'
import { FlagField } from './FlagField.tsx'
import { FunctionField } from './FunctionField.tsx'
import {
  parseDurationDraft,
  parseIntegerDraft,
  parseJsonDraft,
  parseNumberDraft,
  parseTextDraft,
  printJsonDraft,
} from './param-drafts.ts'
import type { ParamFieldProps } from './param-field-props.ts'
import { TypedField } from './TypedField.tsx'

type FieldOf<K extends ParamKind> = ComponentType<ParamFieldProps<Extract<ParamSpec, { kind: K }>>>

/** One field per kind of parameter: the closed set. */
const paramFields: { readonly [K in ParamKind]: FieldOf<K> } = {
  function: FunctionField,
  duration: DurationField,
  integer: (props) => <RangeField {...props} parse={parseIntegerDraft} inputMode="numeric" />,
  number: (props) => <RangeField {...props} parse={parseNumberDraft} inputMode="decimal" />,
  choice: ChoiceField,
  flag: FlagField,
  json: (props) => <TypedField {...props} parse={parseJsonDraft} print={printJsonDraft} area />,
  url: (props) => (
    <TypedField
      {...props}
      parse={parseTextDraft}
      inputMode="url"
      placeholder={`${props.spec.schemes[0] ?? 'https'}://`}
    />
  ),
  text: (props) => <TypedField {...props} parse={parseTextDraft} />,
}

/** The field of any parameter. */
export function ParamField(props: ParamFieldProps): ReactNode {
  // The entry is that of the spec's own kind, which the compiler cannot follow through the index.
  const Chosen = paramFields[props.spec.kind] as ComponentType<ParamFieldProps>
  return <Chosen {...props} />
}

function DurationField(props: ParamFieldProps): ReactNode {
  const t = useWords()
  const { value } = props
  const reading = typeof value === 'number' ? readSeconds(value) : undefined
  const aside =
    reading === undefined || typeof value !== 'number'
      ? undefined
      : t('inspector.seconds', { ms: formatNumber(value), seconds: reading })
  return (
    <TypedField {...props} parse={parseDurationDraft} inputMode="text" aside={aside} placeholder={t('inspector.ms')} />
  )
}

type RangeProps = ParamFieldProps<Extract<ParamSpec, { kind: 'integer' | 'number' }>> &
  Pick<Parameters<typeof TypedField>[0], 'parse' | 'inputMode'>

function RangeField(props: RangeProps): ReactNode {
  const t = useWords()
  const { min, max } = props.spec
  return <TypedField {...props} aside={t('inspector.range', { min: formatNumber(min), max: formatNumber(max) })} />
}
