import { type ReactNode, type RefObject, useEffect, useMemo, useState } from 'react'
import type { RecordRow } from '#ui/table/RecordTable.tsx'
import { Hint } from '#ui/theme/Hint.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './DataPanel.module.css'
import {
  type AskedRecord,
  findShown,
  isSame,
  lastShown,
  parseRecordNumber,
  recordNumber,
  type ShownRow,
} from './record-number.ts'

export interface GoToRecordProps {
  readonly rows: readonly RecordRow[]
  /** Records of the batch by partition. */
  readonly partitions: readonly number[]
  readonly input: RefObject<HTMLInputElement | null>
  /** The row that is asked for, or the nearest: told anew when the rows change. */
  onFound(row: RecordRow | undefined): void
  /** Somebody asks: what hides the rows goes away. */
  onGo(): void
}

/** A field for the number of a record, and what came of it in words: most records of a large batch are not kept. */
export function GoToRecord({ rows, partitions, input, onFound, onGo }: GoToRecordProps): ReactNode {
  const t = useWords()
  const [text, setText] = useState('')
  const [asked, setAsked] = useState<AskedRecord | 'unreadable' | 'beyond'>()
  // What was said when it was asked for; what batches that follow hold in that place is not read aloud.
  const [said, setSaid] = useState('')
  const { row, words } = useMemo(() => answer(asked, rows, partitions, t), [asked, rows, partitions, t])
  useEffect(() => onFound(row), [row, onFound])
  const last = formatNumber(partitions.reduce((sum, count) => sum + count, 0) - 1)
  return (
    <>
      <form
        className={styles.goTo}
        onSubmit={(event) => {
          event.preventDefault()
          const next = text.trim() === '' ? undefined : parseRecordNumber(text, partitions)
          setAsked(next)
          setSaid(answer(next, rows, partitions, t).words)
          if (next !== undefined) onGo()
        }}
      >
        <Hint text={t('goTo.hint', { last })}>
          <input
            ref={input}
            className={styles.search}
            inputMode="numeric"
            autoComplete="off"
            aria-label={t('goTo.label')}
            placeholder={t('goTo.label')}
            value={text}
            aria-invalid={typeof asked === 'string' || undefined}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || text === '') return
              event.stopPropagation()
              setText('')
              setAsked(undefined)
              setSaid('')
            }}
          />
        </Hint>
      </form>
      {words !== '' && (
        <p className={styles.went} aria-hidden={words === said || undefined}>
          {words}
        </p>
      )}
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  )
}

function answer(
  asked: AskedRecord | 'unreadable' | 'beyond' | undefined,
  rows: readonly RecordRow[],
  partitions: readonly number[],
  t: ReturnType<typeof useWords>,
): { readonly row: RecordRow | undefined; readonly words: string } {
  if (asked === undefined) return { row: undefined, words: '' }
  if (asked === 'unreadable') return { row: undefined, words: t('goTo.unreadable') }
  const total = partitions.reduce((sum, count) => sum + count, 0)
  if (asked === 'beyond') return { row: undefined, words: t('goTo.beyond', { last: formatNumber(total - 1) }) }
  const numberOf = (record: AskedRecord): string => formatNumber(recordNumber(record, partitions))
  const placeOf = (shown: ShownRow) => ({
    number: numberOf(shown),
    partition: shown.partition,
    index: formatNumber(shown.index),
  })
  const next = findShown(rows, asked)
  if (next !== undefined && isSame(next, asked)) return { row: next, words: t('goTo.shown', placeOf(next)) }
  if (next !== undefined) return { row: next, words: t('goTo.next', { asked: numberOf(asked), ...placeOf(next) }) }
  const last = lastShown(rows)
  if (last === undefined) return { row: undefined, words: t('goTo.none', { asked: numberOf(asked) }) }
  return { row: last, words: t('goTo.last', { asked: numberOf(asked), ...placeOf(last) }) }
}
