import { type ReactNode, useMemo, useState } from 'react'
import type { SavedFiles } from '#protocol/saved-files.ts'
import { printBytes } from '#ui/print/bytes.ts'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import { DeleteButton } from './DeleteButton.tsx'
import { DirectoryDetails } from './DirectoryDetails.tsx'
import { FilePreview } from './FilePreview.tsx'
import styles from './FilesPanel.module.css'
import { FilesTree } from './FilesTree.tsx'
import { listRows, type TreeStep } from './file-tree.ts'
import { useSavedFiles } from './use-saved-files.ts'
import { ZipButton } from './ZipButton.tsx'

/** What output operations have saved: the directories, and the text of one file. */
export function FilesPanel(): ReactNode {
  const t = useWords()
  const { id, files, reload } = useSavedFiles()
  if (files === undefined) return <p className={styles.loading}>{t('saved.loading')}</p>
  if (!files.ok) return <EmptyState title={t('saved.failed')} text={t('saved.failedMore', { reason: files.error })} />
  if (files.value.directories.length === 0) return <EmptyState title={t('saved.none')} text={t('saved.noneText')} />
  return <Files key={id} id={id} files={files.value} onDeleted={reload} />
}

interface FilesProps {
  readonly id: string
  readonly files: SavedFiles
  readonly onDeleted: () => void
}

function Files({ id, files, onDeleted }: FilesProps): ReactNode {
  const { directories, totals, kept } = files
  const t = useWords()
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [selected, setSelected] = useState<string>()
  const rows = useMemo(() => listRows(directories, open), [directories, open])
  const row = rows.find((each) => each.path === selected)
  const take = (step: TreeStep): void => {
    setSelected(step.path)
    if (step.kind === 'select') return
    const next = new Set(open)
    if (step.kind === 'open') next.add(step.path)
    else next.delete(step.path)
    setOpen(next)
  }
  const figures = {
    directories: totals.directories,
    records: totals.records,
    size: printBytes(totals.bytes, formatNumber),
  }
  return (
    <div className={styles.panel}>
      <div className={styles.tools} role="toolbar" aria-label={t('saved.toolbar')}>
        <span className={styles.totals}>{t('saved.totals', figures)}</span>
        {directories.length < totals.directories && (
          <span className={styles.totals}>{t('saved.newest', { count: directories.length })}</span>
        )}
        <span className={styles.actions}>
          <ZipButton id={id} />
          <DeleteButton id={id} onDeleted={onDeleted} />
        </span>
      </div>
      {kept === 'page' && <p className={styles.warning}>{t('saved.keptInPage')}</p>}
      <div className={styles.split}>
        <FilesTree rows={rows} selected={row?.path} onStep={take} />
        <div className={styles.preview}>
          {row === undefined ? (
            <EmptyState title={t('saved.choose')} text={t('saved.chooseText')} />
          ) : row.kind === 'directory' ? (
            <DirectoryDetails id={id} directory={row.directory} onDeleted={onDeleted} />
          ) : (
            <FilePreview id={id} path={row.path} bytes={row.bytes} savedAtMs={row.directory.savedAtMs} />
          )}
        </div>
      </div>
    </div>
  )
}
