import type { ReactNode, RefObject } from 'react'
import type { CanvasHandle } from '#ui/canvas/Canvas.tsx'
import { ConsentPanel } from '#ui/consent/ConsentPanel.tsx'
import { DocumentList } from '#ui/files/DocumentList.tsx'
import type { Desk } from '#ui/files/desk.ts'
import type { Library } from '#ui/files/library.ts'
import { UnreadableDialog } from '#ui/files/UnreadableDialog.tsx'
import { VersionsDialog } from '#ui/files/VersionsDialog.tsx'
import { GalleryList } from '#ui/gallery/GalleryList.tsx'
import { useServices, useSession } from '#ui/services.ts'
import { LateStorageDialog } from '#ui/storage/LateStorage.tsx'
import type { Seats } from '#ui/tabs/seats.ts'
import { Modal } from '#ui/theme/Modal.tsx'
import { useWords } from '#ui/words/words.ts'
import { CommandPalette } from './CommandPalette.tsx'

export interface DialogsProps {
  readonly desk: Desk
  readonly library: Library
  readonly seats: Seats
  readonly canvas: RefObject<CanvasHandle | null>
  /** Remembers that a person agreed to run the document's code. */
  readonly onAgree: () => void
}

/** Everything that opens over the work. */
export function Dialogs({ desk, library, seats, canvas, onAgree }: DialogsProps): ReactNode {
  return (
    <>
      <CommandPalette desk={desk} canvas={canvas} />
      <ConsentPanel onAgree={onAgree} />
      <GalleryDialog desk={desk} />
      <DocumentsDialog desk={desk} library={library} />
      <VersionsDialog desk={desk} library={library} />
      <LateStorageDialog library={library} isElsewhere={seats.isElsewhere} />
      <UnreadableDialog />
    </>
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
