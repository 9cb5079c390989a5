import { useState } from 'react'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { Json } from '#engine/model/json.ts'
import type { Result } from '#engine/model/result.ts'
import { useWords } from '#ui/words/words.ts'
import type { Draft, DraftError } from './param-drafts.ts'

export interface DraftField {
  readonly text: string
  /** Why the text is not in the document. */
  readonly error: string | undefined
  type(text: string): void
}

export interface DraftRules {
  readonly value: Json | undefined
  print(value: Json | undefined): string
  parse(text: string): Draft
  write(value: Json | undefined): Result<unknown, readonly Diagnostic[]>
}

interface Held {
  readonly text: string
  /** How the document's value printed when the text was typed: the text stands until that changes. */
  readonly printed: string
  readonly refusal: string | undefined
}

/** Text in a field beside its value in the document. What cannot be a value stays in the field and is not written; a change
 *  of the value from elsewhere (undo, a fix) takes the field over. */
export function useDraft({ value, print, parse, write }: DraftRules): DraftField {
  const t = useWords()
  const printed = print(value)
  const [held, setHeld] = useState<Held | undefined>(undefined)
  const isHeld = held !== undefined && held.printed === printed
  const say = (error: DraftError) => (error.kind === 'word' ? t(error.id) : error.text)
  const type = (text: string) => {
    const draft = parse(text)
    if (!draft.ok) return setHeld({ text, printed, refusal: say(draft.error) })
    const written = write(draft.value)
    if (written.ok) return setHeld({ text, printed: print(draft.value), refusal: undefined })
    setHeld({ text, printed, refusal: written.error.map((each) => each.message).join(' ') })
  }
  return { text: isHeld ? held.text : printed, error: isHeld ? held.refusal : undefined, type }
}
