import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { restartQuestion } from '#ui/engine/restart-question.ts'
import { useRun } from '#ui/services.ts'
import { LatePart, useLatePart } from '#ui/theme/late-part.ts'

const resume = new LatePart(async () => {
  const [{ Resume }, { loadLateWords }] = await Promise.all([import('./Resume.tsx'), import('#ui/words/late-words.ts')])
  loadLateWords()
  return Resume
})

/** What a restart asks and tells; its code comes when there is something. */
export function LateResume(): ReactNode {
  const asks = useStore(restartQuestion, ({ question }) => question !== undefined)
  const tells = useRun((run) => run.catchUp !== undefined || run.skipped !== undefined || run.carried.length > 0)
  const Resume = useLatePart(resume, asks || tells)
  return Resume && <Resume />
}
