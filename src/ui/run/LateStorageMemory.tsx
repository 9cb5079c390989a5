import type { ReactNode } from 'react'
import { useRun, useSession } from '#ui/services.ts'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'
import { memoryOf } from './memory-level.ts'

const late = new LatePart(async () => {
  const [{ StorageMemory }, { loadLateWords }] = await Promise.all([
    import('./StorageMemory.tsx'),
    import('#ui/words/late-words.ts'),
  ])
  loadLateWords()
  return StorageMemory
})

/** The figure, whose code comes once executors tell what they keep. */
export function LateStorageMemory(): ReactNode {
  const shown = useSession((state) => state.shownBatchMs)
  const memory = useRun((run) => memoryOf(run.batches, shown))
  const StorageMemory = useLatePart(late, memory !== undefined)
  return memory && StorageMemory && <StorageMemory memory={memory} />
}
