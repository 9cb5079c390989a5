import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useRun } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { Banner } from '#ui/theme/Banner.tsx'
import { Button } from '#ui/theme/Button.tsx'
import type { WordId } from '#ui/words/catalogue.ts'
import { useWords } from '#ui/words/words.ts'
import type { Seat } from './seat-store.ts'
import type { Seats } from './seats.ts'

export interface TabBannerProps {
  readonly seats: Seats
  readonly onCopy: () => void
}

/** Says that another tab owns what is shown here, and offers what can be done about it. */
export function TabBanner({ seats, onCopy }: TabBannerProps): ReactNode {
  const t = useWords()
  const seat = useStore(seats.store, (state) => state.seat)
  const runs = useRun((run) => isBusy(run.phase))
  if (seat.kind === 'owner') return undefined
  return (
    <Banner
      kind={seat.owner === 'gone' || seat.owner === 'silent' || seat.taking === 'late' ? 'warning' : 'info'}
      actions={<Actions seat={seat} seats={seats} onCopy={onCopy} />}
    >
      {t(sentence(seat, runs))}
    </Banner>
  )
}

type Follows = Seat & { kind: 'follower' }

function sentence({ owner, taking }: Follows, runs: boolean): WordId {
  if (owner === 'gone') return runs ? 'tabs.gone' : 'tabs.goneIdle'
  if (taking === 'late') return 'tabs.late'
  if (taking === 'asked') return 'tabs.taking'
  if (taking === 'handing') return 'tabs.handing'
  if (owner === 'silent') return 'tabs.silent'
  if (owner === 'asked') return 'tabs.asked'
  return runs ? 'tabs.follows' : 'tabs.followsIdle'
}

function Actions({ seat, seats, onCopy }: TabBannerProps & { readonly seat: Follows }): ReactNode {
  const t = useWords()
  const { owner, taking } = seat
  if (taking === 'late') {
    return (
      <>
        <Button look="danger" onClick={() => void seats.takeByForce()}>
          {t('tabs.force')}
        </Button>
        <Button look="outline" onClick={() => seats.wait()}>
          {t('tabs.wait')}
        </Button>
      </>
    )
  }
  if (taking !== 'no') return undefined
  return (
    <>
      <Button look="primary" onClick={() => void seats.takeOver()}>
        {t(owner === 'gone' ? 'tabs.goOn' : 'tabs.takeOver')}
      </Button>
      <Button look="outline" onClick={onCopy}>
        {t('tabs.copy')}
      </Button>
    </>
  )
}
