import { type ReactNode, useId } from 'react'
import type { Json } from '#engine/model/json.ts'
import { parseTagged } from '#engine/record/tagged-json.ts'
import { useShownBatch } from '#ui/data/use-shown-batch.ts'
import { printBatchTime } from '#ui/print/batch-time.ts'
import { printCell } from '#ui/print/cell.ts'
import { useRun } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './AccumulatorValues.module.css'

/** Records of a list that are shown: the newest. */
const MOST_SHOWN = 20

/** What each accumulator held after the shown batch; nothing while no batch is known or the pipeline has none. */
export function AccumulatorValues(): ReactNode {
  const t = useWords()
  const titleId = useId()
  const batch = useShownBatch()
  const clock = useRun((run) => run.clock)
  const settings = useRun((run) => run.pipeline?.settings)
  const declared = settings?.accumulators ?? []
  if (batch.kind !== 'here' || clock === undefined || settings === undefined || declared.length === 0) return null
  const { timeMs, accumulators = {} } = batch.data
  return (
    <section className={styles.panel} aria-labelledby={titleId}>
      <h3 id={titleId} className={styles.title}>
        {t('inspector.accumulators')}{' '}
        <span className={styles.time}>
          {t('inspector.accumulatorsAfter', { time: printBatchTime(timeMs, clock, settings.batchMs) })}
        </span>
      </h3>
      <dl className={styles.values}>
        {declared.map(({ name }) => (
          <div key={name} className={styles.pair}>
            <dt className={styles.name}>{name}</dt>
            <dd className={styles.value}>
              <Value held={Object.hasOwn(accumulators, name) ? accumulators[name] : undefined} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Value({ held }: { readonly held: Json | undefined }): ReactNode {
  const t = useWords()
  if (held === undefined) return <span className={styles.time}>{t('inspector.accumulatorGone')}</span>
  if (!Array.isArray(held)) return print(held)
  const count = held.length
  const first = Math.max(0, count - MOST_SHOWN)
  return (
    <details>
      <summary>{t('inspector.accumulatorRecords', { count })}</summary>
      <ol className={styles.records} start={first + 1}>
        {held.slice(first).map((record: Json, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a record is known by its place
          <li key={first + index}>{print(record)}</li>
        ))}
      </ol>
    </details>
  )
}

function print(tagged: Json): string {
  const record = parseTagged(JSON.stringify(tagged))
  return record.ok ? printCell(record.value).slice(0, 300) : record.error
}
