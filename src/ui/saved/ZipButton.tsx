import { Download } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { ok } from '#engine/model/result.ts'
import type { SavedDirectory } from '#protocol/saved-files.ts'
import { plainName } from '#ui/download/plain-name.ts'
import { saveBlob } from '#ui/download/save-blob.ts'
import { useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { notify } from '#ui/theme/notify.ts'
import { useWords } from '#ui/words/words.ts'
import { zipFiles } from './zip-files.ts'

export interface ZipButtonProps {
  /** Of the pipeline. */
  readonly id: string
  /** Without it every directory, also those that the tree does not list. */
  readonly directory?: SavedDirectory
}

/** Packs a directory, or all of them, and hands the zip file over. */
export function ZipButton({ id, directory }: ZipButtonProps): ReactNode {
  const t = useWords()
  const { client, document } = useServices()
  const [packing, setPacking] = useState(false)
  const pack = async () => {
    const listed =
      directory === undefined ? await client.files.list(id, Number.MAX_SAFE_INTEGER) : ok({ directories: [directory] })
    return listed.ok ? zipFiles(listed.value.directories, (path) => client.files.read(id, path)) : listed
  }
  const download = async (): Promise<void> => {
    setPacking(true)
    const name = `${directory?.name.replaceAll('/', '-') ?? plainName(document.getState().pipeline.name)}.zip`
    const packed = await pack().catch((error: unknown) => ({ ok: false as const, error: String(error) }))
    setPacking(false)
    if (!packed.ok) return notify({ text: t('saved.packFailed'), more: packed.error, kind: 'bad' })
    saveBlob(name, packed.value)
    notify({ text: t('saved.packed', { name }) })
  }
  const label = directory === undefined ? undefined : t('saved.downloadDirectory', { path: directory.name })
  return (
    <Button
      look={directory === undefined ? 'quiet' : 'outline'}
      aria-label={label}
      hint={directory === undefined ? t('saved.downloadAllHint') : undefined}
      disabledBecause={packing ? t('saved.packing') : undefined}
      onClick={() => void download()}
    >
      <Download size={14} aria-hidden="true" />
      {t(packing ? 'saved.packing' : directory === undefined ? 'saved.downloadAll' : 'saved.download')}
    </Button>
  )
}
