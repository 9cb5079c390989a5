import { type ReactNode, Suspense, useMemo } from 'react'
import type { CheckedNode } from '#engine/compile/checked-pipeline.ts'
import type { OutputBatch } from '#engine/model/batch-data.ts'
import { useRun, useServices } from '#ui/services.ts'
import type { OutputEntry } from '#ui/state/run-store.ts'
import { RecordTable } from '#ui/table/RecordTable.tsx'
import { formatNumber, useWords } from '#ui/words/words.ts'
import { LogText } from './LogText.tsx'
import { FiguresView, SinkLine } from './late-views.ts'
import styles from './OutputSection.module.css'
import { decode, layLog, layPrint } from './print-layout.ts'

export interface OutputSectionProps {
  readonly checked: CheckedNode
  /** In the order in which they are to stand. */
  readonly entries: readonly OutputEntry[]
  /** For what is shown over many batches. */
  readonly history: readonly OutputEntry[]
  readonly shown: number | 'live'
  readonly follow: boolean
  print(timeMs: number): string
}

interface NodeOutput {
  readonly timeMs: number
  readonly output: OutputBatch
}

/** One output node: its text batch after batch, or the table of the newest batch. */
export function OutputSection({ checked, entries, history, shown, follow, print }: OutputSectionProps): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const { id } = checked.node
  const outputs = useMemo(() => outputsOf(entries, id), [entries, id])
  // A body that the user wrote decides itself what it shows; it has no rows of its own.
  const isBody = Object.values(checked.operator?.params ?? {}).some(
    ({ spec, required }) => required && spec.kind === 'function',
  )
  const blocks = useMemo(
    () =>
      outputs.map(({ timeMs, output }) => ({
        key: timeMs,
        lines:
          output.sent !== undefined
            ? [`Time: ${timeMs} ms`, t('outputs.sent', { ...output.sent, records: output.total ?? 0 }), '']
            : output.saved !== undefined
              ? [t('outputs.saved', { ...output.saved, records: output.total ?? 0 })]
              : isBody
                ? layLog(timeMs, output.lines)
                : layPrint(timeMs, output),
      })),
    [outputs, isBody, t],
  )
  const view = checked.operator?.view
  const sink = useRun((run) => run.sinks.find((each) => each.node === id))
  return (
    <section className={styles.section} aria-label={t('outputs.section', { node: id })}>
      <header className={styles.header}>
        <button
          type="button"
          className={styles.node}
          aria-label={t('outputs.reveal', { node: id })}
          onClick={() => session.getState().revealNode(id)}
        >
          {id}
        </button>
        <span className={styles.operator}>{checked.operator?.title ?? checked.node.op}</span>
      </header>
      {sink !== undefined && (
        <Suspense>
          <SinkLine sink={sink} />
        </Suspense>
      )}
      {view === 'figures' ? (
        <Suspense>
          <FiguresView node={id} history={history} shown={shown} print={print} />
        </Suspense>
      ) : view === 'table' ? (
        <NewestTable node={id} outputs={outputs} print={print} />
      ) : (
        <LogText
          label={t('outputs.section', { node: id })}
          blocks={blocks}
          follow={follow}
          empty={t(isBody ? 'outputs.silent' : 'outputs.noBatch')}
        />
      )}
    </section>
  )
}

function outputsOf(entries: readonly OutputEntry[], node: string): readonly NodeOutput[] {
  return entries.flatMap(({ timeMs, outputs }) =>
    outputs.filter((output) => output.node === node).map((output) => ({ timeMs, output })),
  )
}

function NewestTable(
  props: Pick<OutputSectionProps, 'print'> & {
    readonly node: string
    readonly outputs: readonly NodeOutput[]
  },
): ReactNode {
  const t = useWords()
  const { node, outputs, print } = props
  const newest = outputs.reduce<NodeOutput | undefined>(
    (best, each) => (best === undefined || each.timeMs > best.timeMs ? each : best),
    undefined,
  )
  const rows = useMemo(() => newest?.output.rows.map((row, index) => ({ value: decode(row), index })) ?? [], [newest])
  if (newest === undefined) return <p className={styles.empty}>{t('outputs.noBatch')}</p>
  const { total, more } = newest.output
  const time = print(newest.timeMs)
  const shown = formatNumber(rows.length)
  const counts =
    total !== undefined && total > rows.length
      ? t('outputs.rows', { shown, count: formatNumber(total) })
      : t(more ? 'outputs.rowsMore' : 'outputs.allRows', { shown, count: rows.length })
  return (
    <>
      <p className={styles.counts}>
        {t('outputs.inBatch', { time })} · {counts}
      </p>
      <div className={styles.table}>
        <RecordTable caption={t('outputs.tableOf', { node, time })} rows={rows} />
      </div>
    </>
  )
}
