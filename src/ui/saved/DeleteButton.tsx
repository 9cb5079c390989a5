import { Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useRun, useServices } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { Button } from '#ui/theme/Button.tsx'
import { Modal } from '#ui/theme/Modal.tsx'
import { notify } from '#ui/theme/notify.ts'
import { useWords } from '#ui/words/words.ts'

export interface DeleteButtonProps {
  /** Of the pipeline. */
  readonly id: string
  /** Without it every directory. */
  readonly directory?: string
  readonly onDeleted: () => void
}

/** Deletes a directory, or all of them, once it was said twice. */
export function DeleteButton({ id, directory, onDeleted }: DeleteButtonProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const busy = useRun((run) => isBusy(run.phase))
  const [asking, setAsking] = useState(false)
  const remove = async (): Promise<void> => {
    setAsking(false)
    const deleted = await client.files.delete(id, directory)
    if (!deleted.ok) notify({ text: t('saved.deleteFailed'), more: deleted.error, kind: 'bad' })
    onDeleted()
  }
  const isAll = directory === undefined
  return (
    <>
      <Button
        look={isAll ? 'quiet' : 'outline'}
        aria-label={isAll ? undefined : t('saved.deleteDirectory', { path: directory })}
        onClick={() => setAsking(true)}
      >
        <Trash2 size={14} aria-hidden="true" />
        {t(isAll ? 'saved.deleteAll' : 'saved.delete')}
      </Button>
      <Modal
        open={asking}
        title={isAll ? t('saved.askAll') : t('saved.askDirectory', { path: directory })}
        closeLabel={t('saved.deleteNo')}
        width={420}
        foot={
          <>
            <Button look="outline" onClick={() => setAsking(false)}>
              {t('saved.deleteNo')}
            </Button>
            <Button look="danger" onClick={() => void remove()}>
              {t('saved.deleteYes')}
            </Button>
          </>
        }
        onClose={() => setAsking(false)}
      >
        <p>{t(busy ? 'saved.askRunning' : 'saved.askText')}</p>
      </Modal>
    </>
  )
}
