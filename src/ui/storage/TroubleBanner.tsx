import type { ReactNode } from 'react'
import { useRun, useServices } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { Banner } from '#ui/theme/Banner.tsx'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'

/** The run goes on, but nothing of it is saved: a full disk, mostly. */
export function TroubleBanner(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const trouble = useRun((run) => (isBusy(run.phase) ? run.checkpointTrouble : undefined))
  if (trouble === undefined) return undefined
  const open = (
    <Button look="outline" onClick={() => session.getState().openDialog('storage')}>
      {t('storage.open')}
    </Button>
  )
  return (
    <Banner kind="danger" actions={open}>
      {t('storage.trouble', { reason: trouble })}
    </Banner>
  )
}
