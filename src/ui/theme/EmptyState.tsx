import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

export interface EmptyStateProps {
  readonly title: string
  /** What to do next. */
  readonly text: string
  /** A button that does it. */
  readonly children?: ReactNode
}

/** What a panel shows while it has nothing to show. */
export function EmptyState({ title, text, children }: EmptyStateProps): ReactNode {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      <p className={styles.text}>{text}</p>
      {children}
    </div>
  )
}
