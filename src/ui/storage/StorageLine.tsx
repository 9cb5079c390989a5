import { type ReactNode, useEffect, useState } from 'react'
import { useDocument, useRun, useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './Storage.module.css'
import { StorageFigures } from './StorageFigures.tsx'
import { readStorageStatus, type StorageStatus } from './storage-status.ts'

/** Below the checkpoint: where it lies, how much room there is, and the way to all that is stored. */
export function StorageLine(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const id = useDocument((document) => document.id)
  const isFirst = useRun((run) => run.checkpoint === undefined)
  const [status, setStatus] = useState<StorageStatus>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another document, and the first checkpoint, make it new
  useEffect(() => {
    void readStorageStatus().then(setStatus)
  }, [id, isFirst])
  return (
    <section className={styles.line} aria-label={t('storage.title')}>
      <div>{status !== undefined && <StorageFigures status={status} />}</div>
      <Button look="outline" onClick={() => session.getState().openDialog('storage')}>
        {t('storage.open')}
      </Button>
    </section>
  )
}
