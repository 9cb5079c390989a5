import { X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import { freshName } from '#engine/model/fresh-id.ts'
import type { Json } from '#engine/model/json.ts'
import type { AccumulatorSetting, BroadcastSetting, Settings } from '#engine/model/pipeline.ts'
import type { Result } from '#engine/model/result.ts'
import fieldStyles from '#ui/inspector/fields/Field.module.css'
import { Field, helpId } from '#ui/inspector/fields/Field.tsx'
import { parseJsonDraft, parseTextDraft, printJsonDraft, printPlainDraft } from '#ui/inspector/fields/param-drafts.ts'
import { useDraft } from '#ui/inspector/fields/use-draft.ts'
import { Button, IconButton } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './SharedList.module.css'

/** An accumulator or a broadcast, as one row of the form. */
interface SharedRow {
  readonly name: string
  readonly value: Json
  readonly lazy: boolean
}

type Write = (part: Partial<Settings>, field: string) => Result<unknown, readonly Diagnostic[]>

export interface SharedListProps {
  readonly settings: Settings
  write: Write
  /** What is wrong with the settings under this key. */
  diagnosticsOf(setting: string): readonly Diagnostic[]
}

/** What functions know as `acc.<name>`. */
export function AccumulatorList({ settings, write, diagnosticsOf }: SharedListProps): ReactNode {
  const all = settings.accumulators ?? []
  // What a newer Sluice keeps in an entry stays in it.
  const change = (rows: readonly SharedRow[], from: readonly (AccumulatorSetting | undefined)[]) =>
    rows.map(({ name, value, lazy }, index) => ({ ...from[index], name, initial: value, lazy }))
  return (
    <SharedList
      kind="accumulators"
      first={{ name: 'counter', value: 0, lazy: false }}
      rows={all.map(({ name, initial, lazy }) => ({ name, value: initial, lazy }))}
      diagnostics={diagnosticsOf('accumulators')}
      write={(rows, field, kept) => write({ accumulators: change(rows, kept(all)) }, field)}
    />
  )
}

/** What functions know as `bc.<name>.value`. */
export function BroadcastList({ settings, write, diagnosticsOf }: SharedListProps): ReactNode {
  const all = settings.broadcasts ?? []
  const change = (rows: readonly SharedRow[], from: readonly (BroadcastSetting | undefined)[]) =>
    rows.map((row, index) => ({ ...from[index], ...row }))
  return (
    <SharedList
      kind="broadcasts"
      first={{ name: 'values', value: [], lazy: false }}
      rows={all}
      diagnostics={diagnosticsOf('broadcasts')}
      write={(rows, field, kept) => write({ broadcasts: change(rows, kept(all)) }, field)}
    />
  )
}

/** The entries that rows were made of, in the order of the rows. */
type Kept = <T>(all: readonly T[]) => readonly (T | undefined)[]

interface ListProps {
  readonly kind: 'accumulators' | 'broadcasts'
  /** What an added row begins as. */
  readonly first: SharedRow
  readonly rows: readonly SharedRow[]
  readonly diagnostics: readonly Diagnostic[]
  write(rows: readonly SharedRow[], field: string, kept: Kept): Result<unknown, readonly Diagnostic[]>
}

function SharedList({ kind, first, rows, diagnostics, write }: ListProps): ReactNode {
  const t = useWords()
  const add = () => {
    const name = freshName(new Set(rows.map((row) => row.name)), first.name)
    write([...rows, { ...first, name }], `${kind} add`, (all) => all)
  }
  const remove = (at: number) => {
    const without = <T,>(all: readonly T[]): readonly T[] => all.filter((_each, index) => index !== at)
    write(without(rows), `${kind} remove`, without)
  }
  return (
    <fieldset className={styles.list}>
      <legend className={styles.legend}>{t(`inspector.${kind}`)}</legend>
      {rows.map((row, at) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a row's name changes while it is typed
          key={at}
          kind={kind}
          row={row}
          diagnostics={diagnostics.filter((each) => each.path?.[2] === at)}
          write={(part, field) =>
            write(
              rows.map((each, index) => (index === at ? { ...each, ...part } : each)),
              `${kind} ${at} ${field}`,
              (all) => all,
            )
          }
          remove={() => remove(at)}
        />
      ))}
      <Button look="outline" className={styles.add} onClick={add}>
        {t(`inspector.${kind}Add`)}
      </Button>
      <p className={fieldStyles.help}>{t(`inspector.${kind}Help`)}</p>
    </fieldset>
  )
}

interface RowProps {
  readonly kind: ListProps['kind']
  readonly row: SharedRow
  readonly diagnostics: readonly Diagnostic[]
  write(part: Partial<SharedRow>, field: string): Result<unknown, readonly Diagnostic[]>
  remove(): void
}

function Row({ kind, row, diagnostics, write, remove }: RowProps): ReactNode {
  const t = useWords()
  const nameId = useId()
  const valueId = useId()
  const lazyId = useId()
  const name = useDraft({
    value: row.name,
    print: printPlainDraft,
    parse: (text) => parseTextDraft(text, true),
    write: (value) => write({ name: printPlainDraft(value) }, 'name'),
  })
  const value = useDraft({
    value: row.value,
    print: printJsonDraft,
    parse: (text) => parseJsonDraft(text, true),
    write: (json) => write({ value: json ?? null }, 'value'),
  })
  const plain = { spellCheck: false, autoComplete: 'off' }
  return (
    <fieldset className={styles.row} aria-label={row.name}>
      <Field id={nameId} label={t('inspector.sharedName')} error={name.error}>
        <div className={styles.named}>
          <input
            {...plain}
            id={nameId}
            className={fieldStyles.input}
            aria-describedby={helpId(nameId)}
            aria-invalid={name.error !== undefined}
            value={name.text}
            onChange={(event) => name.type(event.target.value)}
          />
          <IconButton label={t('inspector.sharedRemove', { name: row.name })} icon={<X size={14} />} onClick={remove} />
        </div>
      </Field>
      <Field id={valueId} label={t(`inspector.${kind}Value`)} error={value.error} diagnostics={diagnostics}>
        <textarea
          {...plain}
          id={valueId}
          className={fieldStyles.area}
          aria-describedby={helpId(valueId)}
          aria-invalid={value.error !== undefined || diagnostics.length > 0}
          rows={Math.min(10, value.text.split('\n').length)}
          value={value.text}
          onChange={(event) => value.type(event.target.value)}
        />
      </Field>
      <label className={fieldStyles.check} htmlFor={lazyId}>
        <input
          type="checkbox"
          id={lazyId}
          checked={row.lazy}
          onChange={(event) => write({ lazy: event.target.checked }, 'lazy')}
        />
        {t('inspector.sharedLazy')}
      </label>
    </fieldset>
  )
}
