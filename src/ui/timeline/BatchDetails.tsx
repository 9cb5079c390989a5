import type { ReactNode } from 'react'
import type { BatchInfo } from '#engine/model/batch-info.ts'
import { printDuration } from '#ui/print/duration.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './BatchDetails.module.css'
import { type OutputDetails, readInputs, readOutputs } from './batch-details.ts'

/** Spark's batch page: the figures of one batch, its output operations as they run, and what its inputs read.
 *  Source: ui/BatchPage */
export function BatchDetails({ info, time }: { readonly info: BatchInfo; readonly time: string }): ReactNode {
  const t = useWords()
  const inputs = readInputs(info)
  const { executors } = info
  const figures = [
    [t('timeline.inputSize'), t('timeline.records', { count: info.numRecords })],
    [t('timeline.schedulingDelay'), duration(info.schedulingDelayMs)],
    [t('timeline.processingTime'), duration(info.processingDelayMs)],
    [t('timeline.totalDelay'), duration(info.totalDelayMs)],
    ...(executors === undefined
      ? []
      : [
          [
            t('timeline.executors'),
            t(`timeline.executors.${executors.why}`, { count: executors.count, of: executors.of }),
          ],
        ]),
  ] as const
  const title = t('timeline.details', { time })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.details} aria-label={title} tabIndex={0}>
      <h3>{title}</h3>
      <dl className={styles.figures}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.tables}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('timeline.outputOpId')}</th>
              <th scope="col">{t('timeline.description')}</th>
              <th scope="col">{t('timeline.outputOpDuration')}</th>
              <th scope="col">{t('timeline.status')}</th>
            </tr>
          </thead>
          <tbody>
            {readOutputs(info).map((output) => (
              <tr key={output.id}>
                <td>{output.id}</td>
                <td>{output.name}</td>
                <td>{duration(output.durationMs)}</td>
                <td>
                  <Status output={output} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {inputs.length > 0 && (
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('timeline.input')}</th>
                <th scope="col">{t('timeline.recordsColumn')}</th>
                <th scope="col">{t('timeline.metadata')}</th>
              </tr>
            </thead>
            <tbody>
              {inputs.map(({ node, records, description = '-' }) => (
                <tr key={node}>
                  <td>{node}</td>
                  <td>{records}</td>
                  <td className={styles.metadata}>{description}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  )
}

function Status({ output }: { readonly output: OutputDetails }): ReactNode {
  const t = useWords()
  const status = t(`timeline.output.${output.status}`)
  if (output.error === undefined) return status
  return (
    <details className={styles.error}>
      <summary>{output.error.split('\n', 1)[0]}</summary>
      <pre>{output.error}</pre>
    </details>
  )
}

function duration(ms: number | undefined): string {
  return ms === undefined ? '-' : printDuration(ms)
}
