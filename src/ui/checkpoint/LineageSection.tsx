import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CheckpointReport } from '#engine/model/checkpoint-report.ts'
import { LONG_CHAIN, type StreamLineage } from '#engine/model/lineage.ts'
import { printBytes } from '#ui/print/bytes.ts'
import { printDuration } from '#ui/print/duration.ts'
import { useRun } from '#ui/services.ts'
import { isBusy } from '#ui/state/run-phase.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import { ChainPicture } from './ChainPicture.tsx'
import styles from './CheckpointPanel.module.css'
import { usePrintTime } from './use-print-time.ts'

/** How far each stream that goes on from itself leads back. */
export function LineageSection({ report }: { readonly report: CheckpointReport | undefined }): ReactNode {
  const t = useWords()
  const busy = useRun((run) => isBusy(run.phase))
  const lineage = report?.lineage ?? []
  return (
    <>
      <p className={styles.note}>{t('checkpoint.lineageHelp')}</p>
      {lineage.length === 0 ? (
        <p className={styles.note}>{t(busy ? 'checkpoint.noLineage' : 'checkpoint.noLineageYet')}</p>
      ) : (
        <ul className={styles.streams}>
          {lineage.map((stream) => (
            <Stream key={stream.stream} stream={stream} />
          ))}
        </ul>
      )}
    </>
  )
}

function Stream({ stream }: { readonly stream: StreamLineage }): ReactNode {
  const t = useWords()
  const print = usePrintTime()
  const { node, depth, cutMs, bytes, partitions = 0, recoveryMs, checkpointMs } = stream
  const keys = useRun((run) => (stream.visible ? run.newest?.nodes[node]?.records : undefined))
  const sentences = [
    t('checkpoint.depth', { depth }),
    cutMs === undefined ? t('checkpoint.noCut') : t('checkpoint.cutAt', { time: print(cutMs) }),
    bytes === undefined ? '' : t('checkpoint.stateSize', { size: printBytes(bytes, formatNumber), partitions }),
    keys === undefined ? '' : t('checkpoint.stateKeys', { keys }),
    recoveryMs === undefined || depth === 0 ? '' : t('checkpoint.recoveryTime', { time: printDuration(recoveryMs) }),
    checkpointMs === undefined ? '' : t('checkpoint.every', { time: printDuration(checkpointMs) }),
  ]
  return (
    <li className={styles.stream}>
      <strong className={styles.node}>{node}</strong>
      <div className={styles.chain}>
        <ChainPicture stream={stream} print={print} />
        <p className={styles.text}>{sentences.filter(Boolean).join(' ')}</p>
        {depth >= LONG_CHAIN && (
          <p className={styles.warning}>
            <TriangleAlert size={14} aria-hidden="true" /> {t('checkpoint.longChain', { node })}
          </p>
        )}
      </div>
    </li>
  )
}
