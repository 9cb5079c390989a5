import { MemoryStick, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { BatchMemory } from '#engine/model/batch-info.ts'
import { printBytes } from '#ui/print/bytes.ts'
import { useServices } from '#ui/services.ts'
import { Button } from '#ui/theme/Button.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import { isNearlyFull, percentFull } from './memory-level.ts'
import styles from './StorageMemory.module.css'

/** How full the fullest executor is, as a figure and a bar; nearly full in words too, with what can be done. */
export function StorageMemory({ memory }: { readonly memory: BatchMemory }): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const percent = percentFull(memory)
  const isHigh = isNearlyFull(memory)
  const used = printBytes(memory.mostBytes, formatNumber)
  const budget = printBytes(memory.budgetBytes, formatNumber)
  const words = { used, budget, kept: printBytes(memory.keptBytes, formatNumber) }
  const about = t('memory.about', words)
  return (
    <div className={styles.memory} data-high={isHigh || undefined}>
      <Button
        className={styles.figure}
        hint={isHigh ? `${about} ${t('memory.advice')}` : about}
        onClick={() => session.getState().select({})}
      >
        <MemoryStick className={styles.icon} size={14} aria-hidden="true" />
        <span className={styles.title}>{t('memory.title')}</span>
        <span className={styles.used}>{used}</span>
        <span className={styles.budget}>{t('memory.of', { budget })}</span>
        {isHigh && (
          <strong className={styles.full}>
            <TriangleAlert size={14} aria-hidden="true" />
            {t('memory.full', { percent: formatNumber(percent) })}
          </strong>
        )}
      </Button>
      {/* biome-ignore lint/a11y/useSemanticElements: browsers draw a meter element each in its own way */}
      <div
        className={styles.bar}
        role="meter"
        aria-label={t('memory.title')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={t('memory.value', { used, budget, percent: formatNumber(percent) })}
      >
        <div className={styles.fill} style={{ width: `${percent}%` }} />
      </div>
      <span role="status" className="visually-hidden">
        {isHigh ? t('memory.nearlyFull') : ''}
      </span>
    </div>
  )
}
