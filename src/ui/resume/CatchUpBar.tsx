import { FastForward } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { CatchUp } from '#engine/model/catch-up.ts'
import { printDuration } from '#ui/print/duration.ts'
import { useRun, useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './Resume.module.css'
import { SkipDialog } from './SkipDialog.tsx'

/** How far a run is that makes up for batches it missed, and what a person can do about it. */
export function CatchUpBar(): ReactNode {
  const catchUp = useRun((run) => run.catchUp)
  const [asking, setAsking] = useState(false)
  if (catchUp === undefined) return undefined
  return (
    <>
      <Bar catchUp={catchUp} onSkip={() => setAsking(true)} />
      <SkipDialog open={asking} count={catchUp.total - catchUp.done} onClose={() => setAsking(false)} />
    </>
  )
}

function Bar({ catchUp, onSkip }: { readonly catchUp: CatchUp; readonly onSkip: () => void }): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const { why, done, total, paused, leftMs } = catchUp
  const sentence = paused
    ? t('resume.catchUpPaused', { why, left: total - done })
    : t('resume.catchUp', { why, batch: done + 1, total })
  const left = leftMs === undefined ? '' : t('resume.left', { time: printDuration(leftMs) })
  return (
    <section className={styles.bar} aria-label={t('resume.progress')}>
      <span className={styles.icon}>
        <FastForward size={16} aria-hidden="true" />
      </span>
      <p className={styles.text}>{[sentence, paused ? '' : left].filter(Boolean).join(' ')}</p>
      <progress className={styles.progress} aria-label={t('resume.progress')} value={done} max={total} />
      <div className={styles.actions}>
        <Button look="outline" onClick={() => void client.checkpoints.pauseCatchUp(!paused)}>
          {paused ? t('resume.go') : t('resume.pause')}
        </Button>
        <Button look="outline" onClick={onSkip}>
          {t('resume.skip')}
        </Button>
      </div>
    </section>
  )
}
