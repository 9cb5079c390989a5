import type { ReactNode } from 'react'
import { useRun, useSession } from '#ui/services.ts'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'
import type { StorageDialogProps } from './StorageDialog.tsx'

// What is shown of the storage, whose code and words come when they are wanted.

async function withWords<T>(part: Promise<T>): Promise<T> {
  const { loadLateWords } = await import('#ui/words/late-words.ts')
  loadLateWords()
  return await part
}

const line = new LatePart(async () => (await withWords(import('./StorageLine.tsx'))).StorageLine)
const banner = new LatePart(async () => (await withWords(import('./TroubleBanner.tsx'))).TroubleBanner)
const dialog = new LatePart(async () => (await withWords(import('./StorageDialog.tsx'))).StorageDialog)

export function LateStorageLine(): ReactNode {
  const StorageLine = useLatePart(line, true)
  return StorageLine && <StorageLine />
}

export function LateTroubleBanner(): ReactNode {
  const TroubleBanner = useLatePart(
    banner,
    useRun((run) => run.checkpointTrouble !== undefined),
  )
  return TroubleBanner && <TroubleBanner />
}

export function LateStorageDialog(props: StorageDialogProps): ReactNode {
  const StorageDialog = useLatePart(
    dialog,
    useSession((state) => state.dialog === 'storage'),
  )
  return StorageDialog && <StorageDialog {...props} />
}
