import type { ReactNode } from 'react'
import type { Operator } from '#engine/operator/operator.ts'
import { useWords } from '#ui/words/words.ts'
import { ExampleTable } from './ExampleTable.tsx'
import styles from './NodeHelp.module.css'

/** What an operator does: in words, by its ports, and by examples that also run in its tests. */
export function NodeHelp({ operator }: { readonly operator: Operator }): ReactNode {
  const t = useWords()
  const params = Object.entries(operator.params)
  return (
    <article className={styles.help}>
      <h3>{operator.summary}</h3>
      <p>{operator.help}</p>
      <h4>{t('inspector.ports')}</h4>
      <ul className={styles.list}>
        {operator.inputs.map((port) => (
          <li key={port.name}>
            {t(port.many ? 'inspector.portMany' : 'inspector.portIn', {
              port: port.label,
              accepts: t(`inspector.accepts.${port.accepts}`),
            })}
          </li>
        ))}
        <li>
          {operator.output === undefined
            ? t('inspector.portNone')
            : t('inspector.portOut', { shape: t(`inspector.shape.${operator.output}`) })}
        </li>
      </ul>
      {params.length > 0 && (
        <>
          <h4>{t('inspector.params')}</h4>
          <dl className={styles.params}>
            {params.map(([name, { spec }]) => (
              <div key={name}>
                <dt>
                  {spec.label} <code>{name}</code>
                </dt>
                <dd>{spec.help}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {operator.examples.length + operator.snippets.length > 0 && <h4>{t('inspector.examples')}</h4>}
      {operator.snippets.map(({ title, code }) => (
        <figure key={title} className={styles.example}>
          <figcaption>{title}</figcaption>
          <pre className={styles.settings}>{code}</pre>
        </figure>
      ))}
      {operator.examples.map((example) => (
        <ExampleTable key={example.title} example={example} />
      ))}
    </article>
  )
}
