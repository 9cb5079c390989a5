import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Severity } from '#engine/model/diagnostic.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './ProblemsPanel.module.css'

const icons = { error: CircleAlert, warning: TriangleAlert, info: Info } as const

/** Shape and colour for the eye, a word for the ear. */
export function SeverityMark({ severity }: { readonly severity: Severity }): ReactNode {
  const t = useWords()
  const Icon = icons[severity]
  return (
    <span className={styles[severity]}>
      <Icon size={16} aria-hidden="true" />
      <span className="visually-hidden">{t(`problems.${severity}`)}</span>
    </span>
  )
}
