import type { ReactNode } from 'react'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'

const latePanel = new LatePart(async () => {
  const [{ CheckpointPanel }, { loadLateWords }] = await Promise.all([
    import('./CheckpointPanel.tsx'),
    import('#ui/words/late-words.ts'),
  ])
  loadLateWords()
  return CheckpointPanel
})

/** The panel, whose code comes when somebody looks at it. */
export function LateCheckpointPanel(): ReactNode {
  const Panel = useLatePart(latePanel, true)
  return Panel && <Panel />
}
