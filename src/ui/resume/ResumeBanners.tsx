import { type ReactNode, useState } from 'react'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { useRun } from '#ui/services.ts'
import { Banner } from '#ui/theme/Banner.tsx'
import { useWords } from '#ui/words/words.ts'

/** Which batches were left out. */
export function SkippedBanner(): ReactNode {
  const t = useWords()
  const skipped = useRun((run) => run.skipped)
  const clock = useRun((run) => run.clock)
  const batchMs = useRun((run) => run.pipeline?.settings.batchMs) ?? 1000
  const [dismissed, setDismissed] = useState<unknown>()
  if (skipped === undefined || clock === undefined || skipped === dismissed) return undefined
  const { why, count, fromMs, toMs } = skipped
  const print = (timeMs: number): string => printBatchTime(timeMs, clock, batchMs)
  return (
    <Banner kind="info" dismiss={{ label: t('resume.dismiss'), run: () => setDismissed(skipped) }}>
      {t('resume.skipped', { why, count, from: print(fromMs), to: print(toMs) })}
    </Banner>
  )
}

/** What an edited pipeline took over. */
export function CarriedBanner(): ReactNode {
  const t = useWords()
  const carried = useRun((run) => run.carried)
  const [dismissed, setDismissed] = useState<unknown>()
  if (carried.length === 0 || carried === dismissed) return undefined
  const names = (kept: boolean): string =>
    carried
      .filter(({ lost }) => (lost === undefined) === kept)
      .map(({ node }) => node)
      .join(', ')
  const [kept, lost] = [names(true), names(false)]
  const sentences = [
    t('resume.carried'),
    kept === '' ? '' : t('resume.carriedKept', { nodes: kept }),
    lost === '' ? '' : t('resume.carriedLost', { nodes: lost }),
  ]
  return (
    <Banner kind="info" dismiss={{ label: t('resume.dismiss'), run: () => setDismissed(carried) }}>
      {sentences.filter(Boolean).join(' ')}
    </Banner>
  )
}
