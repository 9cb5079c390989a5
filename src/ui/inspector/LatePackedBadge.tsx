import type { ReactNode } from 'react'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'

const lateBadge = new LatePart(async () => {
  const [{ PackedBadge }, { loadLateWords }] = await Promise.all([
    import('./PackedBadge.tsx'),
    import('#ui/words/late-words.ts'),
  ])
  loadLateWords()
  return PackedBadge
})

/** Whether a node runs on bytes, which it takes the compiler to say: that comes when a node is selected. */
export function LatePackedBadge({ node }: { readonly node: string }): ReactNode {
  const Badge = useLatePart(lateBadge, true)
  return Badge && <Badge node={node} />
}
