import { type ReactNode, useState } from 'react'
import { useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { Modal } from '#ui/theme/Modal.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './Resume.module.css'

const FACTS = ['skipOutputs', 'skipState', 'skipWindows', 'skipReceived', 'skipBegun'] as const
const SETTING = 'sluice.skipMissedBatches'

export interface SkipDialogProps {
  readonly open: boolean
  /** Batches that have not run. */
  readonly count: number
  readonly onClose: () => void
}

/** Says what it means to leave missed batches out, and does it, now or from now on. */
export function SkipDialog({ open, count, onClose }: SkipDialogProps): ReactNode {
  const t = useWords()
  const { client, document } = useServices()
  const [always, setAlways] = useState(false)
  const skip = (): void => {
    onClose()
    void client.checkpoints.skipMissed(always)
    if (!always) return
    const { settings } = document.getState().pipeline
    const changed = { ...settings, conf: { ...settings.conf, [SETTING]: true } }
    document.getState().edit({ kind: 'setSettings', settings: changed }, { label: t('resume.alwaysLabel') })
  }
  const foot = (
    <>
      <Button look="outline" onClick={onClose}>
        {t('resume.keepRunning')}
      </Button>
      <Button look="primary" onClick={skip}>
        {t('resume.skipNow')}
      </Button>
    </>
  )
  return (
    <Modal
      open={open}
      title={t('resume.skipTitle')}
      text={t('resume.skipText', { count })}
      closeLabel={t('resume.close')}
      width={560}
      foot={foot}
      onClose={onClose}
    >
      <ul className={styles.facts}>
        {FACTS.map((fact) => (
          <li key={fact}>{t(`resume.${fact}`)}</li>
        ))}
      </ul>
      <label className={styles.check}>
        <input type="checkbox" checked={always} onChange={(event) => setAlways(event.target.checked)} />
        {t('resume.always')}
      </label>
    </Modal>
  )
}
