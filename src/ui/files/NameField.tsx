import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react'
import { MAX_TITLE_LENGTH } from '#engine/model/limits.ts'
import { useDocument, useServices } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './NameField.module.css'

/** The pipeline's name, where it stands. Enter or leaving takes what was typed, Escape does not. */
export function NameField(): ReactNode {
  const t = useWords()
  const { document } = useServices()
  const name = useDocument((state) => state.pipeline.name)
  const locked = useDocument((state) => state.locked !== undefined)
  const [typed, setTyped] = useState(name)
  useEffect(() => setTyped(name), [name])
  const take = (): void => {
    const next = typed.trim()
    if (next !== '' && next !== name && document.getState().edit({ kind: 'setName', name: next }).ok) return
    setTyped(name)
  }
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape') setTyped(name)
    if (event.key === 'Enter') event.currentTarget.blur()
  }
  return (
    <input
      className={styles.name}
      aria-label={t('files.name')}
      value={typed}
      maxLength={MAX_TITLE_LENGTH}
      spellCheck={false}
      readOnly={locked}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={take}
      onKeyDown={press}
    />
  )
}
