import { useCallback, useEffect, useState } from 'react'
import type { Result } from '#engine/model/result.ts'
import type { SavedFiles } from '#protocol/saved-files.ts'
import { useDocument, useRun, useServices } from '#ui/services.ts'

/** Directories that the tree lists. */
export const MOST_LISTED = 1_000

export interface SavedFilesView {
  /** Of the document with this id. */
  readonly id: string
  /** Undefined until the driver has answered. */
  readonly files: Result<SavedFiles, string> | undefined
  reload(): void
}

/** What the open pipeline has saved, read again when the driver says that it has changed. */
export function useSavedFiles(): SavedFilesView {
  const { client } = useServices()
  const id = useDocument((document) => document.id)
  const changes = useRun((run) => run.filesChanges)
  const [wishes, setWishes] = useState(0)
  const [heard, setHeard] = useState<{ readonly id: string; readonly files: Result<SavedFiles, string> }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change, or a wish, makes the list old
  useEffect(() => {
    let isNewest = true
    void client.files.list(id, MOST_LISTED).then((files) => {
      if (isNewest) setHeard({ id, files })
    })
    return () => {
      isNewest = false
    }
  }, [client, id, changes, wishes])
  const reload = useCallback(() => setWishes((count) => count + 1), [])
  return { id, files: heard?.id === id ? heard.files : undefined, reload }
}
