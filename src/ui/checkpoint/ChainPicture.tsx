import type { ReactNode } from 'react'
import type { StreamLineage } from '#engine/model/lineage.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CheckpointPanel.module.css'

const BOX = 14
const STEP = 20
const TOP = 3
/** RDDs that are drawn; of a longer chain the newest. */
const MOST = 24

export interface ChainPictureProps {
  readonly stream: StreamLineage
  print(timeMs: number): string
}

/** The chain from left to right: the checkpoint that cuts it (filled), or the source (round), then an RDD for each batch since. */
export function ChainPicture({ stream: { node, depth, cutMs }, print }: ChainPictureProps): ReactNode {
  const t = useWords()
  const shown = Math.min(depth, MOST)
  const hidden = depth - shown
  const start = hidden > 0 ? STEP * 2 : STEP
  const width = start + shown * STEP
  const cut = cutMs === undefined ? t('checkpoint.chainSource') : print(cutMs)
  return (
    <svg
      className={styles.picture}
      width={width}
      height={BOX + 2 * TOP}
      role="img"
      aria-label={t('checkpoint.chainPicture', { node, cut, depth })}
    >
      <line x1={BOX / 2} y1={TOP + BOX / 2} x2={width - STEP + BOX / 2} y2={TOP + BOX / 2} className={styles.link} />
      {cutMs === undefined ? (
        <circle cx={BOX / 2 + 1} cy={TOP + BOX / 2} r={BOX / 2 - 1} className={styles.rdd} />
      ) : (
        <rect x={1} y={TOP} width={BOX} height={BOX} rx={2} className={styles.cut} />
      )}
      {hidden > 0 && (
        <text x={STEP + BOX / 2} y={TOP + BOX - 3} className={styles.hidden}>
          {t('checkpoint.more', { count: hidden })}
        </text>
      )}
      {Array.from({ length: shown }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: boxes have no other identity than their place
        <rect key={index} x={start + index * STEP + 1} y={TOP} width={BOX} height={BOX} rx={2} className={styles.rdd} />
      ))}
    </svg>
  )
}
