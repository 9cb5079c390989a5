import type { ReactNode } from 'react'
import { printPath } from '#engine/model/diagnostic.ts'
import { useServices, useSession } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { Modal } from '#ui/theme/Modal.tsx'
import { notify } from '#ui/theme/notify.ts'
import { useWords } from '#ui/words/words.ts'
import { copyText } from './copy-text.ts'
import styles from './FileDialogs.module.css'

/** Why a file, a link or a stored document could not be opened, and its text as it came. */
export function UnreadableDialog(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const unreadable = useSession((state) => state.unreadable)
  const close = (): void => session.getState().showUnreadable(undefined)
  const copy = async (text: string): Promise<void> => {
    const copied = await copyText(text)
    notify(copied ? { text: t('files.copied'), kind: 'good' } : { text: t('files.copyFailed'), kind: 'bad' })
  }
  if (unreadable === undefined) return undefined
  const { name, text, diagnostics } = unreadable
  return (
    <Modal
      open
      title={t('files.unreadableTitle')}
      text={t('files.unreadableText', { name })}
      closeLabel={t('files.close')}
      onClose={close}
      foot={
        <>
          <Button look="outline" onClick={() => void copy(text)}>
            {t('files.copyText')}
          </Button>
          <Button look="primary" onClick={close}>
            {t('files.close')}
          </Button>
        </>
      }
    >
      <ul className={styles.problems}>
        {diagnostics.map((diagnostic) => (
          <li key={`${diagnostic.code} ${printPath(diagnostic.path ?? [])}`} className={styles.problem}>
            {diagnostic.path !== undefined && diagnostic.path.length > 0 && (
              <span className={styles.path}>{printPath(diagnostic.path)}</span>
            )}
            {diagnostic.message}
            {diagnostic.hint !== undefined && <span className={styles.hint}>{diagnostic.hint}</span>}
          </li>
        ))}
      </ul>
      <p className={styles.label}>{t('files.unreadableRaw')}</p>
      <textarea className={styles.raw} readOnly aria-label={t('files.unreadableRaw')} value={text} />
    </Modal>
  )
}
