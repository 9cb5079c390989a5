import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'

const SAID_MS = 2000

export interface CopyButtonProps {
  /** What it copies as, beside the sign for copying. */
  readonly label: string
  /** Its accessible name, and its hint. */
  readonly name: string
  /** What is copied, made when it is asked for. */
  print(): string
}

/** Copies a text, and says whether the browser let it. */
export function CopyButton({ label, name, print }: CopyButtonProps): ReactNode {
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
      <Button aria-label={name} hint={name} onClick={() => void copy()}>
        {said === 'copied' ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
        {label}
      </Button>
      <span role="status" className={said === 'notCopied' ? undefined : 'visually-hidden'}>
        {said === undefined ? '' : t(`data.${said}`)}
      </span>
    </>
  )
}
