import { Tooltip } from 'radix-ui'
import { type ReactNode, useEffect, useRef } from 'react'
import { Toaster } from 'sonner'
import type { CanvasHandle } from '#ui/canvas/Canvas.tsx'
import { ConsentBanner, ConsentPanel } from '#ui/consent/ConsentPanel.tsx'
import type { Autosave } from '#ui/files/autosave.ts'
import { DocumentList } from '#ui/files/DocumentList.tsx'
import type { Desk } from '#ui/files/desk.ts'
import type { Library } from '#ui/files/library.ts'
import { UnreadableDialog } from '#ui/files/UnreadableDialog.tsx'
import { VersionsDialog } from '#ui/files/VersionsDialog.tsx'
import { GalleryList } from '#ui/gallery/GalleryList.tsx'
import { RunBanners } from '#ui/run/RunBanners.tsx'
import { type Services, ServicesContext, useDocument, useServices, useSession } from '#ui/services.ts'
import { Modal } from '#ui/theme/Modal.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './App.module.css'
import { CommandPalette } from './CommandPalette.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { TopBar } from './TopBar.tsx'
import { shownTheme } from './theme.ts'
import { useMedia } from './use-media.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { Workspace } from './Workspace.tsx'

export interface AppProps {
  readonly services: Services
  readonly desk: Desk
  readonly library: Library
  readonly autosave: Autosave
  /** Remembers that a person agreed to run the document's code. */
  readonly onAgree: () => void
}

/** The whole page. */
export function App(props: AppProps): ReactNode {
  const { services } = props
  return (
    <ServicesContext value={services}>
      <ErrorBoundary document={services.document}>
        <Tooltip.Provider delayDuration={400} skipDelayDuration={200}>
          <Page {...props} />
        </Tooltip.Provider>
      </ErrorBoundary>
    </ServicesContext>
  )
}

function Page({ desk, library, autosave, onAgree }: AppProps): ReactNode {
  const t = useWords()
  const canvas = useRef<CanvasHandle>(null)
  useShortcuts(autosave)
  const choice = useSession((state) => state.theme)
  const theme = shownTheme(choice, useMedia('(prefers-color-scheme: dark)'))
  const name = useDocument((state) => state.pipeline.name)
  useEffect(() => {
    document.title = t('shell.pageTitle', { name })
  }, [name, t])
  return (
    <div className={styles.app}>
      <TopBar desk={desk} />
      <RunBanners />
      <ConsentBanner />
      <div className={styles.work}>
        <Workspace desk={desk} canvas={canvas} />
      </div>
      <CommandPalette desk={desk} canvas={canvas} />
      <ConsentPanel onAgree={onAgree} />
      <GalleryDialog desk={desk} />
      <DocumentsDialog desk={desk} library={library} />
      <VersionsDialog desk={desk} library={library} />
      <UnreadableDialog />
      <Toaster theme={theme} position="bottom-right" closeButton />
    </div>
  )
}

function GalleryDialog({ desk }: { readonly desk: Desk }): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const open = useSession((state) => state.dialog === 'gallery')
  const close = (): void => session.getState().openDialog(undefined)
  return (
    <Modal
      open={open}
      title={t('gallery.title')}
      text={t('gallery.text')}
      closeLabel={t('files.close')}
      width={860}
      onClose={close}
    >
      <GalleryList
        onOpen={(piece) => {
          close()
          void desk.openNew(piece.pipeline, 'gallery')
        }}
      />
    </Modal>
  )
}

function DocumentsDialog({ desk, library }: { readonly desk: Desk; readonly library: Library }): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const open = useSession((state) => state.dialog === 'documents')
  const close = (): void => session.getState().openDialog(undefined)
  return (
    <Modal open={open} title={t('files.own')} text={t('files.ownText')} closeLabel={t('files.close')} onClose={close}>
      {open && <DocumentList desk={desk} library={library} onOpened={close} />}
    </Modal>
  )
}
