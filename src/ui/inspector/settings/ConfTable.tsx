import { X } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import type { Conf } from '#engine/model/pipeline.ts'
import fieldStyles from '#ui/inspector/fields/Field.module.css'
import { Field, helpId } from '#ui/inspector/fields/Field.tsx'
import { Button, IconButton } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './ConfTable.module.css'
import { parseConfValue } from './conf-value.ts'
import { findConf, firstValue, knownKeys } from './known-conf.ts'

export interface ConfTableProps {
  readonly conf: Conf
  /** `field` names what is typed in, so that typing there is one undo step. */
  write(conf: Conf, field?: string): void
}

/** Spark's configuration, key by key. */
export function ConfTable({ conf, write }: ConfTableProps): ReactNode {
  const t = useWords()
  const entries = Object.entries(conf)
  return (
    <fieldset className={styles.table}>
      <legend className={styles.legend}>{t('inspector.conf')}</legend>
      {entries.map(([key, value]) => (
        <div key={key} className={styles.row}>
          <span className={styles.key} title={findConf(key)?.help ?? key}>
            {key}
            {findConf(key) === undefined && <span className={styles.unread}>{t('inspector.confUnread')}</span>}
          </span>
          <input
            className={fieldStyles.input}
            aria-label={t('inspector.confValue', { key })}
            spellCheck={false}
            autoComplete="off"
            placeholder={findConf(key)?.default}
            value={String(value)}
            onChange={(event) => write({ ...conf, [key]: parseConfValue(event.target.value) }, `conf ${key}`)}
          />
          <IconButton
            label={t('inspector.confRemove', { key })}
            icon={<X size={14} />}
            onClick={() => write(Object.fromEntries(entries.filter(([each]) => each !== key)))}
          />
        </div>
      ))}
      <AddKey conf={conf} write={write} />
    </fieldset>
  )
}

function AddKey({ conf, write }: ConfTableProps): ReactNode {
  const t = useWords()
  const id = useId()
  const list = useId()
  const [key, setKey] = useState('')
  const trimmed = key.trim()
  const error = Object.hasOwn(conf, trimmed) ? t('inspector.confKnown') : undefined
  const add = () => {
    if (trimmed === '' || error !== undefined) return
    write({ ...conf, [trimmed]: parseConfValue(firstValue(trimmed)) })
    setKey('')
  }
  const known = findConf(trimmed)
  return (
    <Field
      id={id}
      label={t('inspector.confAdd')}
      error={error}
      help={
        known === undefined
          ? t('inspector.confHelp')
          : t('inspector.confDefault', { help: known.help, value: known.default })
      }
    >
      <div className={styles.add}>
        <input
          id={id}
          className={fieldStyles.input}
          list={list}
          aria-describedby={helpId(id)}
          spellCheck={false}
          autoComplete="off"
          placeholder="spark.streaming."
          value={key}
          onChange={(event) => setKey(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add()
          }}
        />
        <datalist id={list}>
          {knownKeys
            .filter((each) => !Object.hasOwn(conf, each))
            .map((each) => (
              <option key={each} value={each} />
            ))}
        </datalist>
        <Button look="outline" onClick={add}>
          {t('inspector.confAddButton')}
        </Button>
      </div>
    </Field>
  )
}
