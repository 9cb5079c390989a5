import type { ReactNode } from 'react'
import type { SavedDirectory } from '#protocol/saved-files.ts'
import { printWallTime } from '#ui/print/batch-time.ts'
import { useWords } from '#ui/words/words.ts'
import { DeleteButton } from './DeleteButton.tsx'
import styles from './DirectoryDetails.module.css'
import { ZipButton } from './ZipButton.tsx'

export interface DirectoryDetailsProps {
  /** Of the pipeline. */
  readonly id: string
  readonly directory: SavedDirectory
  readonly onDeleted: () => void
}

/** What a directory is, and what can be done with it. */
export function DirectoryDetails({ id, directory, onDeleted }: DirectoryDetailsProps): ReactNode {
  const t = useWords()
  const { name, parts, savedAtMs, whole } = directory
  const time = printWallTime(savedAtMs, { batchMs: 1000, date: true })
  return (
    <div className={styles.details}>
      <h3 className={styles.name}>{name}</h3>
      <p>{t('saved.directoryFacts', { parts: parts.length, time })}</p>
      <p className={whole ? styles.text : styles.broken}>{t(whole ? 'saved.directoryText' : 'saved.brokenText')}</p>
      <div className={styles.actions}>
        <ZipButton id={id} directory={directory} />
        <DeleteButton id={id} directory={name} onDeleted={onDeleted} />
      </div>
    </div>
  )
}
