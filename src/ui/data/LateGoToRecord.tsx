import type { ReactNode } from 'react'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'
import type { GoToRecordProps } from './GoToRecord.tsx'

const late = new LatePart(async () => {
  const [{ GoToRecord }, { loadLateWords }] = await Promise.all([
    import('./GoToRecord.tsx'),
    import('#ui/words/late-words.ts'),
  ])
  loadLateWords()
  return GoToRecord
})

/** The field, whose code comes with the first table that is long enough for it. */
export function LateGoToRecord(props: GoToRecordProps): ReactNode {
  const GoToRecord = useLatePart(late, true)
  return GoToRecord && <GoToRecord {...props} />
}
