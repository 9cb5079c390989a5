import { Download, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { printBytes } from '#ui/print/bytes.ts'
import { useDocument, useRun, useServices } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { IconButton } from '#ui/theme/Button.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './Storage.module.css'
import { saveRemains } from './save-remains.ts'
import { type StorageRow, totalOf } from './storage-rows.ts'

/** Something to delete, once the person has said so twice. */
export interface Deletion {
  readonly question: string
  readonly run: () => Promise<unknown>
}

export interface StorageTableProps {
  readonly rows: readonly StorageRow[]
  /** Documents that other tabs have open. */
  readonly elsewhere: ReadonlySet<string>
  readonly onAsk: (deletion: Deletion) => void
}

/** A line per pipeline, a column per kind of what is stored. */
export function StorageTable({ rows, elsewhere, onAsk }: StorageTableProps): ReactNode {
  const t = useWords()
  const total = rows.reduce((sum, row) => sum + totalOf(row), 0)
  // Seldom there.
  const withAside = rows.some(({ asideBytes }) => asideBytes > 0)
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('storage.pipeline')}</th>
          <th scope="col">{t('storage.drafts')}</th>
          <th scope="col">{t('storage.checkpoint')}</th>
          {withAside && <th scope="col">{t('storage.aside')}</th>}
          <th scope="col">{t('storage.files')}</th>
          <th scope="col">{t('storage.total')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Line key={row.id} row={row} withAside={withAside} isElsewhere={elsewhere.has(row.id)} onAsk={onAsk} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('storage.all', { count: rows.length })}</th>
          <td colSpan={withAside ? 4 : 3} />
          <td>{printBytes(total, formatNumber)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

interface LineProps {
  readonly row: StorageRow
  /** There is a column for what was set aside. */
  readonly withAside: boolean
  readonly isElsewhere: boolean
  readonly onAsk: (deletion: Deletion) => void
}

function Line({ row, withAside, isElsewhere, onAsk }: LineProps): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const current = useDocument((document) => document.id) === row.id
  const busy = useRun((run) => isBusy(run.phase)) && current
  const { id, draftBytes, checkpointBytes, asideBytes, fileBytes } = row
  const name = row.name ?? t('storage.nameless')
  const elsewhere = isElsewhere && !current ? t('storage.elsewhere') : undefined
  return (
    <tr>
      <th scope="row" className={styles.name}>
        {name}
        {(current || elsewhere !== undefined) && (
          <span className={styles.where}>{current ? t('files.current') : elsewhere}</span>
        )}
      </th>
      <td>{printBytes(draftBytes, formatNumber)}</td>
      <Part
        bytes={checkpointBytes}
        label={t('storage.deleteCheckpoint', { name })}
        disabledBecause={busy ? t('checkpoint.forgetBusy') : elsewhere}
        onDelete={() =>
          onAsk({ question: t('storage.askCheckpoint', { name }), run: () => client.deleteCheckpoint(id) })
        }
      />
      {withAside && (
        <Part
          bytes={asideBytes}
          label={t('storage.deleteAside', { name })}
          disabledBecause={elsewhere}
          onDelete={() =>
            onAsk({ question: t('storage.askAside', { name }), run: () => client.storage.deleteRemains(id) })
          }
        >
          <IconButton
            label={t('storage.saveAside', { name })}
            hint={t('storage.saveAsideHint')}
            icon={<Download size={14} />}
            onClick={() => void saveRemains(name, client.storage.exportRemains(id))}
          />
        </Part>
      )}
      <Part
        bytes={fileBytes}
        label={t('storage.deleteFiles', { name })}
        disabledBecause={elsewhere}
        onDelete={() => onAsk({ question: t('storage.askFiles', { name }), run: () => client.files.delete(id) })}
      />
      <td>{printBytes(totalOf(row), formatNumber)}</td>
    </tr>
  )
}

interface PartProps {
  readonly bytes: number
  readonly label: string
  readonly disabledBecause: string | undefined
  readonly onDelete: () => void
  /** What else can be done with it. */
  readonly children?: ReactNode
}

function Part({ bytes, label, disabledBecause, onDelete, children }: PartProps): ReactNode {
  return (
    <td>
      {bytes === 0 ? (
        '–'
      ) : (
        <span className={styles.part}>
          {printBytes(bytes, formatNumber)}
          {children}
          <IconButton
            label={label}
            hint={disabledBecause ?? label}
            icon={<Trash2 size={14} />}
            disabledBecause={disabledBecause}
            onClick={onDelete}
          />
        </span>
      )}
    </td>
  )
}
