import type { ReactNode } from 'react'
import { CatchUpBar } from './CatchUpBar.tsx'
import { RestartDialog } from './RestartDialog.tsx'
import { CarriedBanner, SkippedBanner } from './ResumeBanners.tsx'

/** All that a restart, or waking up, asks and tells a person. */
export function Resume(): ReactNode {
  return (
    <>
      <CatchUpBar />
      <SkippedBanner />
      <CarriedBanner />
      <RestartDialog />
    </>
  )
}
