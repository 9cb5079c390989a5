import type { ReactNode } from 'react'
import { printBytes } from '#ui/print/bytes.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './Storage.module.css'
import { isNearlyFull, type StorageStatus } from './storage-status.ts'

/** How much of this browser's room is used, and whether it keeps it. */
export function StorageFigures({ status }: { readonly status: StorageStatus }): ReactNode {
  const t = useWords()
  const { usedBytes, quotaBytes, kept } = status
  const print = (bytes: number): string => printBytes(bytes, formatNumber)
  return (
    <>
      {usedBytes !== undefined && quotaBytes !== undefined && (
        <p className={styles.figures} data-full={isNearlyFull(status) || undefined}>
          {t(isNearlyFull(status) ? 'storage.nearlyFull' : 'storage.used', {
            used: print(usedBytes),
            quota: print(quotaBytes),
          })}
        </p>
      )}
      <p className={styles.note}>
        {t(kept === true ? 'storage.kept' : kept === false ? 'storage.notKept' : 'storage.unknown')}
      </p>
    </>
  )
}
