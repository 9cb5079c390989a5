import type { ReactNode } from 'react'
import { useServices, useSession } from '#ui/services.ts'
import { Banner } from '#ui/theme/Banner.tsx'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'

/** What is left on the screen of a stranger's pipeline that was kept closed. */
export function ConsentBanner(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const declined = useSession((state) => state.consent === 'declined')
  if (!declined) return undefined
  const look = (
    <Button look="outline" onClick={() => session.getState().setConsent('asking')}>
      {t('consent.look')}
    </Button>
  )
  return (
    <Banner kind="warning" actions={look}>
      {t('consent.closed')}
    </Banner>
  )
}
