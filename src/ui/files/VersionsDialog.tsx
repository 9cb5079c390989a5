import { type ReactNode, useEffect, useState } from 'react'
import { useDocument, useServices, useSession } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { Modal } from '#ui/theme/Modal.tsx'
import { notify } from '#ui/theme/notify.ts'
import { useWords } from '#ui/words/words.ts'
import type { Desk } from './desk.ts'
import styles from './FileDialogs.module.css'
import type { Library, StoredVersion } from './library.ts'
import { printWhen } from './print-when.ts'
import { summarize } from './summarize.ts'

export interface VersionsDialogProps {
  readonly desk: Desk
  readonly library: Library
}

/** Earlier states of the document, to look back at and to have back. */
export function VersionsDialog({ desk, library }: VersionsDialogProps): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const open = useSession((state) => state.dialog === 'versions')
  const name = useDocument((state) => state.pipeline.name)
  const close = (): void => session.getState().openDialog(undefined)
  const restore = (version: StoredVersion): void => {
    close()
    desk.restoreVersion(version)
    notify({ text: t('files.restoredNotice') })
  }
  return (
    <Modal
      open={open}
      title={t('files.versionsTitle', { name })}
      text={t('files.versionsText')}
      closeLabel={t('files.close')}
      onClose={close}
    >
      {open && <VersionList library={library} onRestore={restore} />}
    </Modal>
  )
}

interface VersionListProps {
  readonly library: Library
  readonly onRestore: (version: StoredVersion) => void
}

function VersionList({ library, onRestore }: VersionListProps): ReactNode {
  const t = useWords()
  const id = useDocument((state) => state.id)
  const [versions, setVersions] = useState<readonly StoredVersion[]>()
  useEffect(() => void library.versions(id).then(setVersions), [library, id])
  if (versions === undefined) return undefined
  if (versions.length === 0) return <EmptyState title={t('files.noVersions')} text={t('files.noVersionsMore')} />
  return (
    <ul>
      {versions.map((version) => {
        const nodes = summarize(version.text)
        return (
          <li key={version.key} className={styles.row}>
            <span className={styles.name}>{version.name}</span>
            <span className={styles.when}>
              {nodes === undefined ? t('files.versionUnreadable') : t('files.versionSize', { nodes })}
            </span>
            <span className={styles.when}>{printWhen(version.savedAtMs, Date.now())}</span>
            <Button look="outline" onClick={() => onRestore(version)}>
              {t('files.restore')}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
