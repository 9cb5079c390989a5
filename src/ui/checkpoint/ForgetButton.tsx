import { type ReactNode, useState } from 'react'
import { useDocument, useRun, useServices } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './CheckpointPanel.module.css'

/** Asks once more, since what is forgotten cannot be brought back. */
export function ForgetButton(): ReactNode {
  const t = useWords()
  const { client } = useServices()
  const id = useDocument((document) => document.id)
  const busy = useRun((run) => isBusy(run.phase))
  const [step, setStep] = useState<'idle' | 'asking' | 'done'>('idle')
  const forget = async () => {
    await client.deleteCheckpoint(id)
    setStep('done')
  }
  if (step === 'done') {
    return (
      <p className={styles.note} role="status">
        {t('checkpoint.forgotten')}
      </p>
    )
  }
  if (step === 'asking') {
    return (
      <div className={styles.ask}>
        <p>{t('checkpoint.forgetAsk')}</p>
        <Button look="danger" onClick={() => void forget()}>
          {t('checkpoint.forgetYes')}
        </Button>
        <Button look="outline" autoFocus onClick={() => setStep('idle')}>
          {t('checkpoint.forgetNo')}
        </Button>
      </div>
    )
  }
  return (
    <Button
      look="outline"
      disabledBecause={busy ? t('checkpoint.forgetBusy') : undefined}
      onClick={() => setStep('asking')}
    >
      {t('checkpoint.forget')}
    </Button>
  )
}
