import { type ReactNode, useId, useState } from 'react'
import fieldStyles from '#ui/inspector/fields/Field.module.css'
import { Field, helpId } from '#ui/inspector/fields/Field.tsx'
import { useRun, useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './Inspector.module.css'

/** Types lines into a source that is fed by hand. */
export function SendLines({ node }: { readonly node: string }): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const id = useId()
  const takes = useRun((run) => run.phase === 'running' || run.phase === 'paused')
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const [error, setError] = useState<string | undefined>(undefined)
  const reason = takes ? (text === '' ? t('inspector.sendEmpty') : undefined) : t('inspector.sendIdle')
  const send = async () => {
    if (reason !== undefined) return
    // A line break at the end closes the last line; it does not begin an empty one.
    const sent = await client.send(node, text.replace(/\n$/, '').split('\n'))
    setError(sent.ok ? undefined : sent.error)
    setSaid(sent.ok ? t('inspector.sent', { count: sent.value }) : '')
    if (sent.ok) setText('')
  }
  return (
    <Field id={id} label={t('inspector.sendLabel')} help={t('inspector.sendHelp')} error={error}>
      <textarea
        id={id}
        className={fieldStyles.area}
        rows={3}
        aria-describedby={helpId(id)}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          // Ctrl+Enter is also the shortcut of Run.
          event.preventDefault()
          event.stopPropagation()
          void send()
        }}
      />
      <div className={styles.row}>
        <Button look="primary" disabledBecause={reason} onClick={() => void send()}>
          {t('inspector.send')}
        </Button>
        <span role="status" className={styles.note}>
          {said}
        </span>
      </div>
    </Field>
  )
}
