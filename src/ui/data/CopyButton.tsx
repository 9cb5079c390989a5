import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { Json } from '#engine/model/json.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'

const SAID_MS = 2000

/** Copies the sample, in tagged form where a record is not JSON. */
export function CopyButton({ sample }: { readonly sample: readonly Json[] }): ReactNode {
  const t = useWords()
  const [said, setSaid] = useState<'copied' | 'notCopied' | undefined>(undefined)
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  const copy = () =>
    navigator.clipboard.writeText(JSON.stringify(sample, undefined, 2)).then(
      () => setSaid('copied'),
      () => setSaid('notCopied'),
    )
  return (
    <>
      <Button onClick={() => void copy()}>
        {said === 'copied' ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        {t('data.copy')}
      </Button>
      <span role="status" className={said === 'notCopied' ? undefined : 'visually-hidden'}>
        {said === undefined ? '' : t(`data.${said}`)}
      </span>
    </>
  )
}
