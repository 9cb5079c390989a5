import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'
import type { TabBannerProps } from './TabBanner.tsx'

const banner = new LatePart(async () => {
  const [{ TabBanner }, { loadLateWords }] = await Promise.all([
    import('./TabBanner.tsx'),
    import('#ui/words/late-words.ts'),
  ])
  loadLateWords()
  return TabBanner
})

/** The banner, whose code comes when this tab follows another. */
export function LateTabBanner(props: TabBannerProps): ReactNode {
  const isFollower = useStore(props.seats.store, ({ seat }) => seat.kind === 'follower')
  const TabBanner = useLatePart(banner, isFollower)
  return TabBanner && <TabBanner {...props} />
}
