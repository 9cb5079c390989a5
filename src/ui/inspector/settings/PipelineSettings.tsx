import { type ReactNode, useId, useMemo } from 'react'
import { booleanOf } from '#engine/compile/conf.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { Settings } from '#engine/model/pipeline.ts'
import { Editable } from '#ui/inspector/Editable.tsx'
import fieldStyles from '#ui/inspector/fields/Field.module.css'
import { Field, helpId } from '#ui/inspector/fields/Field.tsx'
import { markFunction } from '#ui/inspector/fields/function-marks.ts'
import styles from '#ui/inspector/Inspector.module.css'
import { useSlots } from '#ui/inspector/slots.ts'
import { useDocument, useServices, useSession } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import { AccumulatorValues } from './AccumulatorValues.tsx'
import { ConfTable } from './ConfTable.tsx'
import { SettingField } from './SettingField.tsx'
import { AccumulatorList, BroadcastList } from './SharedList.tsx'

const WAL = 'spark.streaming.receiver.writeAheadLog.enable'

/** What holds for the whole pipeline; shown while nothing is selected. */
export function PipelineSettings(): ReactNode {
  const t = useWords()
  const { document } = useServices()
  const name = useDocument((state) => state.pipeline.name)
  const description = useDocument((state) => state.pipeline.description)
  const settings = useDocument((state) => state.pipeline.settings)
  const all = useDocument((state) => state.checked.diagnostics)
  const own = useMemo(() => all.filter((each) => each.path?.[0] === 'settings'), [all])
  const nameId = useId()
  const descriptionId = useId()
  const edit = document.getState().edit
  const write = (part: Partial<Settings>, field: string) =>
    edit({ kind: 'setSettings', settings: { ...settings, ...part } }, { coalesce: `settings ${field}` })
  const of = (key: string) => own.filter((each) => each.path?.[1] === key)
  const shared = { settings, write, diagnosticsOf: of }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving a field ends its undo step
    <div className={styles.content} onBlur={() => document.getState().seal()}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('inspector.pipeline')}</h2>
        <p className={styles.note}>{t('inspector.pipelineHint')}</p>
      </header>
      <AccumulatorValues />
      <Editable>
        <div className={styles.form}>
          <Field id={nameId} label={t('inspector.name')}>
            <input
              id={nameId}
              className={fieldStyles.input}
              autoComplete="off"
              value={name}
              onChange={(event) => edit({ kind: 'setName', name: event.target.value }, { coalesce: 'name' })}
            />
          </Field>
          <Field id={descriptionId} label={t('inspector.description')}>
            <textarea
              id={descriptionId}
              className={fieldStyles.area}
              rows={3}
              value={description}
              onChange={(event) =>
                edit({ kind: 'setDescription', description: event.target.value }, { coalesce: 'description' })
              }
            />
          </Field>
          <SettingField {...shared} setting="batchMs" kind="duration" />
          <SettingField
            {...shared}
            setting="master"
            kind="text"
            options={['local', 'local[2]', 'local[4]', 'local[*]']}
          />
          <SettingField {...shared} setting="seed" kind="integer" />
          <Switch
            label={t('inspector.checkpoint')}
            help={t('inspector.checkpointHelp')}
            on={settings.checkpoint}
            write={(checkpoint) => write({ checkpoint }, 'checkpoint')}
          />
          <Switch
            label={t('inspector.wal')}
            help={t('inspector.walHelp')}
            on={booleanOf(settings.conf, WAL)}
            write={(on) => write({ conf: { ...settings.conf, [WAL]: on } }, 'wal')}
          />
          <ConfTable
            conf={settings.conf}
            write={(conf, field = 'conf') => {
              write({ conf }, field)
            }}
          />
          <Problems diagnostics={of('conf')} />
          <Prelude
            source={settings.prelude ?? ''}
            diagnostics={of('prelude')}
            write={(prelude) => write({ prelude }, 'prelude')}
          />
          <details className={styles.more}>
            <summary>{t('inspector.more')}</summary>
            <div className={styles.moreFields}>
              <AccumulatorList {...shared} />
              <BroadcastList {...shared} />
            </div>
          </details>
        </div>
      </Editable>
    </div>
  )
}

interface SwitchProps {
  readonly label: string
  readonly help: string
  readonly on: boolean
  write(on: boolean): void
}

function Switch({ label, help, on, write }: SwitchProps): ReactNode {
  const t = useWords()
  const id = useId()
  return (
    <Field id={id} label={label} help={help}>
      <span className={fieldStyles.check}>
        <input
          type="checkbox"
          role="switch"
          id={id}
          aria-describedby={helpId(id)}
          checked={on}
          aria-checked={on}
          onChange={(event) => write(event.target.checked)}
        />
        <span aria-hidden="true">{t(on ? 'inspector.on' : 'inspector.off')}</span>
      </span>
    </Field>
  )
}

function Prelude(props: {
  readonly source: string
  readonly diagnostics: readonly Diagnostic[]
  write(source: string): void
}): ReactNode {
  const t = useWords()
  const { CodeEditor } = useSlots()
  const { source, diagnostics } = props
  const reveal = useSession((state) => (state.reveal?.node === undefined ? state.reveal : undefined))
  const id = useId()
  const marks = useMemo(() => markFunction(source, diagnostics, []), [source, diagnostics])
  return (
    <Field id={id} label={t('inspector.prelude')} help={t('inspector.preludeHelp')} diagnostics={diagnostics} labelElse>
      <CodeEditor
        value={source}
        label={t('inspector.prelude')}
        describedBy={helpId(id)}
        marks={marks}
        fields={[]}
        focusCount={reveal?.count ?? 0}
        focusAt={reveal?.at}
        onChange={props.write}
      />
    </Field>
  )
}

function Problems({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): ReactNode {
  return diagnostics.map((each) => (
    <p key={each.message} className={fieldStyles.error}>
      {each.message} {each.hint}
    </p>
  ))
}
