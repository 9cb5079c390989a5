import { type ReactNode, useCallback, useEffect, useState } from 'react'
import type { Library } from '#ui/files/library.ts'
import { useServices, useSession } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { Modal } from '#ui/theme/Modal.tsx'
import { notify } from '#ui/theme/notify.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './Storage.module.css'
import { StorageFigures } from './StorageFigures.tsx'
import { type Deletion, StorageTable } from './StorageTable.tsx'
import { listStorageRows, type StorageRow } from './storage-rows.ts'
import { askToKeep, readStorageStatus, type StorageStatus } from './storage-status.ts'

export interface StorageDialogProps {
  readonly library: Library
  /** Whether another tab has the document open. */
  readonly isElsewhere: (id: string) => Promise<boolean>
}

interface Stored {
  readonly status: StorageStatus
  /** Undefined: the driver could not tell. */
  readonly rows: readonly StorageRow[] | undefined
  readonly elsewhere: ReadonlySet<string>
}

/** What of all pipelines is stored in this browser, how much room it takes, and how to be rid of it. */
export function StorageDialog(props: StorageDialogProps): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const open = useSession((state) => state.dialog === 'storage')
  const [asking, setAsking] = useState<Deletion>()
  const close = (): void => {
    setAsking(undefined)
    session.getState().openDialog(undefined)
  }
  return (
    <Modal
      open={open}
      title={t('storage.title')}
      text={t('storage.text')}
      closeLabel={t('files.close')}
      width={760}
      onClose={close}
      foot={asking && <Question deletion={asking} onDone={() => setAsking(undefined)} />}
    >
      {open && <Body {...props} asking={asking} onAsk={setAsking} />}
    </Modal>
  )
}

interface BodyProps extends StorageDialogProps {
  readonly asking: Deletion | undefined
  readonly onAsk: (deletion: Deletion) => void
}

function Body({ library, isElsewhere, asking, onAsk }: BodyProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const [stored, setStored] = useState<Stored>()
  const load = useCallback(async () => {
    const [status, uses] = await Promise.all([readStorageStatus(), client.storage.measure()])
    const rows = uses === undefined ? undefined : await listStorageRows(library, uses)
    const open = await Promise.all((rows ?? []).map(async ({ id }) => ((await isElsewhere(id)) ? [id] : [])))
    setStored({ status, rows, elsewhere: new Set(open.flat()) })
  }, [client, library, isElsewhere])
  // Once more when something was deleted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => void load(), [load, asking])
  if (stored === undefined) return <p className={styles.note}>{t('storage.loading')}</p>
  const { status, rows, elsewhere } = stored
  const keep = async (): Promise<void> => {
    const kept = await askToKeep()
    notify(kept === true ? { text: t('storage.kept'), kind: 'good' } : { text: t('storage.refused') })
    await load()
  }
  return (
    <>
      <div className={styles.status}>
        <div>
          <StorageFigures status={status} />
        </div>
        {status.kept === false && (
          <Button look="outline" onClick={() => void keep()}>
            {t('storage.keep')}
          </Button>
        )}
      </div>
      {rows === undefined ? (
        <p className={styles.note}>{t('engine.noFiles')}</p>
      ) : (
        <StorageTable rows={rows} elsewhere={elsewhere} onAsk={onAsk} />
      )}
      <p className={styles.note}>{t('storage.retention')}</p>
    </>
  )
}

function Question({ deletion, onDone }: { readonly deletion: Deletion; readonly onDone: () => void }): ReactNode {
  const t = useWords()
  const remove = async (): Promise<void> => {
    await deletion.run()
    onDone()
  }
  return (
    <>
      <p className={styles.question} role="alert">
        {deletion.question}
      </p>
      <Button look="outline" autoFocus onClick={onDone}>
        {t('storage.keepIt')}
      </Button>
      <Button look="danger" onClick={() => void remove()}>
        {t('storage.delete')}
      </Button>
    </>
  )
}
