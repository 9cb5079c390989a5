import { Share2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { printPipeline } from '#engine/model/print-pipeline.ts'
import { useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { notify } from '#ui/theme/notify.ts'
import { useWords } from '#ui/words/words.ts'
import { copyText } from './copy-text.ts'
import styles from './ShareButton.module.css'
import { printShareHash } from './share-link.ts'

/** Copies a link that holds the whole pipeline. */
export function ShareButton(): ReactNode {
  const t = useWords()
  const { document: documentStore } = useServices()
  const share = async (): Promise<void> => {
    const hash = await printShareHash(printPipeline(documentStore.getState().pipeline))
    if (!hash.ok) {
      notify({
        text: hash.error.message,
        kind: 'bad',
        ...(hash.error.hint === undefined ? {} : { more: hash.error.hint }),
      })
      return
    }
    const link = new URL(hash.value, window.location.href).href
    if (await copyText(link)) {
      notify({ text: t('files.shared'), more: t('files.sharedMore'), kind: 'good' })
      return
    }
    // Where the clipboard is forbidden the address bar is the one place that can be copied from.
    history.replaceState(null, '', hash.value)
    notify({ text: t('files.shareByHand') })
  }
  return (
    <Button hint={t('files.shareHint')} onClick={() => void share()}>
      <Share2 size={14} aria-hidden="true" /> <span className={styles.word}>{t('files.share')}</span>
    </Button>
  )
}
