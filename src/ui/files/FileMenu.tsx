import {
  BookOpen,
  ChevronDown,
  FileJson,
  FilePlus,
  FolderOpen,
  HardDrive,
  History,
  LibraryBig,
  PackageCheck,
} from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { useServices } from '#ui/services.ts'
import { IconButton } from '#ui/theme/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '#ui/theme/Menu.tsx'
import { notify } from '#ui/theme/notify.ts'
import { useWords } from '#ui/words/words.ts'
import type { Desk } from './desk.ts'
import { fileNameOf, saveFile } from './save-file.ts'
import { saveWithRun } from './save-with-run.ts'

/** Everything that makes, opens and keeps documents. */
export function FileMenu({ desk }: { readonly desk: Desk }): ReactNode {
  const t = useWords()
  const { document, session, client } = useServices()
  const input = useRef<HTMLInputElement>(null)
  const save = (): void => {
    const { pipeline } = document.getState()
    const name = fileNameOf(pipeline.name)
    saveFile(name, printPipeline(pipeline))
    notify({ text: t('files.savedFile', { name }), kind: 'good' })
  }
  const saveRun = async (): Promise<void> => notify(await saveWithRun(document.getState(), client))
  const open = (files: FileList | null): void => {
    const file = files?.[0]
    if (file !== undefined) void desk.openFile(file)
    // The same file can be chosen again.
    if (input.current !== null) input.current.value = ''
  }
  return (
    <>
      <Menu trigger={<IconButton label={t('files.menu')} icon={<ChevronDown size={16} />} />}>
        <MenuItem icon={<FilePlus size={16} />} label={t('files.new')} onSelect={() => void desk.createEmpty()} />
        <MenuItem
          icon={<BookOpen size={16} />}
          label={t('files.gallery')}
          onSelect={() => session.getState().openDialog('gallery')}
        />
        <MenuItem
          icon={<LibraryBig size={16} />}
          label={t('files.recent')}
          onSelect={() => session.getState().openDialog('documents')}
        />
        <MenuItem
          icon={<History size={16} />}
          label={t('files.versions')}
          onSelect={() => session.getState().openDialog('versions')}
        />
        <MenuSeparator />
        <MenuItem icon={<FolderOpen size={16} />} label={t('files.openFile')} onSelect={() => input.current?.click()} />
        <MenuItem icon={<FileJson size={16} />} label={t('files.saveFile')} onSelect={save} />
        <MenuItem
          icon={<PackageCheck size={16} />}
          label={t('files.saveRun')}
          more={t('files.saveRunMore')}
          onSelect={() => void saveRun()}
        />
        <MenuSeparator />
        <MenuItem
          icon={<HardDrive size={16} />}
          label={t('files.storage')}
          onSelect={() => session.getState().openDialog('storage')}
        />
      </Menu>
      <input
        ref={input}
        type="file"
        accept=".json,application/json,.sluice-run,application/gzip"
        hidden
        aria-label={t('files.openFile')}
        onChange={(event) => open(event.target.files)}
      />
    </>
  )
}
