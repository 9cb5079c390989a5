import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'

const SAID_MS = 2000

export interface CopyButtonProps {
  readonly label: string
  /** What is copied, made when it is asked for. */
  print(): string
}

/** Copies a text, and says whether the browser let it. */
export function CopyButton({ label, print }: CopyButtonProps): ReactNode {
  const t = useWords()
  const [said, setSaid] = useState<'copied' | 'notCopied' | undefined>(undefined)
  useEffect(() => {
    if (said === undefined) return
    const timer = setTimeout(() => setSaid(undefined), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  const copy = () =>
    navigator.clipboard.writeText(print()).then(
      () => setSaid('copied'),
      () => setSaid('notCopied'),
    )
  return (
    <>
      <Button onClick={() => void copy()}>
        {said === 'copied' ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        {label}
      </Button>
      <span role="status" className={said === 'notCopied' ? undefined : 'visually-hidden'}>
        {said === undefined ? '' : t(`data.${said}`)}
      </span>
    </>
  )
}
