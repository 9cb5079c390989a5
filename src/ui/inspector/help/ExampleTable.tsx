import type { ReactNode } from 'react'
import type { Json } from '#engine/model/json.ts'
import type { Example } from '#engine/operator/operator.ts'
import { printValue } from '#engine/record/print-record.ts'
import { useWords } from '#ui/words/words.ts'
import { layExample } from './lay-example.ts'
import styles from './NodeHelp.module.css'

/** One example: batches as columns, what entered above what left. */
export function ExampleTable({ example }: { readonly example: Example }): ReactNode {
  const t = useWords()
  const layout = layExample(example)
  const params = Object.entries(example.params)
  return (
    <figure className={styles.example}>
      <figcaption>
        {example.title}
        {example.partitions !== undefined && (
          <span className={styles.partitions}>{t('inspector.examplePartitions', { count: example.partitions })}</span>
        )}
      </figcaption>
      {params.length > 0 && (
        <pre className={styles.settings}>
          {params
            .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
            .join('\n')}
        </pre>
      )}
      <div className={styles.scroller}>
        <table>
          <thead>
            <tr>
              <td />
              {layout.columns.map((number) => (
                <th key={number} scope="col">
                  {t(layout.aligned ? 'inspector.exampleBatch' : 'inspector.exampleRdd', { number })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {example.inputs.map((batches, row) => (
              // Inputs have no other name than their place.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={row}>
                <th scope="row">
                  {example.inputs.length > 1
                    ? t('inspector.exampleInNumber', { number: row + 1 })
                    : t('inspector.exampleIn')}
                </th>
                {layout.columns.map((number) => (
                  <Records key={number} records={batches[number - 1]} />
                ))}
              </tr>
            ))}
            <tr>
              <th scope="row">{t('inspector.exampleOut')}</th>
              {layout.columns.map((number) => (
                <Records key={number} records={example.expected[number - 1]} />
              ))}
            </tr>
          </tbody>
        </table>
      </div>
    </figure>
  )
}

function Records({ records }: { readonly records: readonly Json[] | null | undefined }): ReactNode {
  const t = useWords()
  if (records === undefined) return <td />
  if (records === null) return <td className={styles.absent}>{t('inspector.exampleNoRdd')}</td>
  if (records.length === 0) return <td className={styles.absent}>{t('inspector.exampleEmpty')}</td>
  return (
    <td>
      <pre>{records.map(printValue).join('\n')}</pre>
    </td>
  )
}
