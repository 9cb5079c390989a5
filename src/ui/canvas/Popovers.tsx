import type { ReactNode } from 'react'
import { ChooserPopover } from '#ui/canvas/connect/ChooserPopover.tsx'
import { EdgePeek } from '#ui/canvas/edge/EdgePeek.tsx'

/** What opens beside a node or an edge. */
export function Popovers(): ReactNode {
  return (
    <>
      <ChooserPopover />
      <EdgePeek />
    </>
  )
}
