import { CircleAlert, Link2, Loader, Unlink } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SinkState } from '#engine/model/sink-state.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './SinkLine.module.css'

const ICONS = { connecting: Loader, open: Link2, refused: CircleAlert, lost: CircleAlert, stopped: Unlink } as const

/** How the connection of an output that sends stands. */
export function SinkLine({ sink }: { readonly sink: SinkState }): ReactNode {
  const t = useWords()
  const { state, address, messages, waiting, lastError } = sink
  const Icon = ICONS[state]
  const isDown = state === 'refused' || state === 'lost'
  return (
    <div className={styles.sink} data-state={state}>
      <p className={styles.state} role="status">
        <Icon size={14} aria-hidden="true" />
        {t(`outputs.sink.${state}`, { address })}
      </p>
      <p className={styles.counts}>
        {t('outputs.sink.messages', { count: messages })}
        {waiting > 0 && ` · ${t('outputs.sink.waiting', { waiting: formatNumber(waiting) })}`}
      </p>
      {isDown && lastError !== undefined && <p className={styles.error}>{lastError}</p>}
    </div>
  )
}
