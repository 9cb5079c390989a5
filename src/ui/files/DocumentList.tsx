import { Trash2 } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useDocument } from '#ui/services.ts'
import { IconButton } from '#ui/theme/Button.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { useWords } from '#ui/words/words.ts'
import type { Desk } from './desk.ts'
import styles from './FileDialogs.module.css'
import type { Library, StoredDocument } from './library.ts'
import { printWhen } from './print-when.ts'

export interface DocumentListProps {
  readonly desk: Desk
  readonly library: Library
  readonly onOpened: () => void
}

/** The documents of this browser, newest first. */
export function DocumentList({ desk, library, onOpened }: DocumentListProps): ReactNode {
  const t = useWords()
  const current = useDocument((state) => state.id)
  const [documents, setDocuments] = useState<readonly StoredDocument[]>()
  const load = useCallback(() => void library.documents().then(setDocuments), [library])
  useEffect(load, [load])
  const open = async (stored: StoredDocument): Promise<void> => {
    onOpened()
    if (stored.id !== current) await desk.openStored(stored)
  }
  if (documents === undefined) return undefined
  if (documents.length === 0) return <EmptyState title={t('files.own')} text={t('files.noOwn')} />
  return (
    <ul>
      {documents.map((stored) => (
        <li key={stored.id} className={styles.row}>
          <button type="button" className={styles.open} onClick={() => void open(stored)}>
            <span className={styles.name}>{stored.name}</span>
            <span className={styles.when}>
              {stored.id === current
                ? t('files.current')
                : t('files.changed', { when: printWhen(stored.savedAtMs, Date.now()) })}
            </span>
          </button>
          {stored.id !== current && (
            <IconButton
              label={t('files.remove', { name: stored.name })}
              icon={<Trash2 size={16} />}
              onClick={() => void desk.remove(stored).then(load)}
            />
          )}
        </li>
      ))}
    </ul>
  )
}
