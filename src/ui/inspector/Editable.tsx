import type { ReactNode } from 'react'
import { useDocument } from '#ui/services.ts'
import styles from './Editable.module.css'

/** Fields and buttons that change the document: all of them rest while another tab owns it. */
export function Editable({ children }: { readonly children: ReactNode }): ReactNode {
  const locked = useDocument((document) => document.locked !== undefined)
  return (
    <fieldset className={styles.editable} disabled={locked}>
      {children}
    </fieldset>
  )
}
