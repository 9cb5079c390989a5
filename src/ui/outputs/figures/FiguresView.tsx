import { type ReactNode, useMemo, useState } from 'react'
import type { FiguresView as View } from '#engine/model/batch-figures.ts'
import type { OutputEntry } from '#ui/state/run-store.ts'
import { Button } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import { Chart } from './Chart.tsx'
import { Counter } from './Counter.tsx'
import { FiguresTable } from './FiguresTable.tsx'
import styles from './FiguresView.module.css'
import { Ranking } from './Ranking.tsx'
import { figuresOf } from './series.ts'

export interface FiguresViewProps {
  readonly node: string
  /** Whatever is kept, in any order. */
  readonly history: readonly OutputEntry[]
  readonly shown: number | 'live'
  print(timeMs: number): string
}

type Form = 'counter' | 'lines' | 'bars' | 'ranking' | 'table'

/** What a chart or a counter shows; its form can be changed here without changing the pipeline. */
export function FiguresView({ node, history, shown, print }: FiguresViewProps): ReactNode {
  const t = useWords()
  const entries = useMemo(() => figuresOf(history, node), [history, node])
  const [chosen, setChosen] = useState<Form | undefined>(undefined)
  const newest = entries.at(-1)
  if (newest === undefined) return <p className={styles.empty}>{t('outputs.figures.none')}</p>
  const { view } = newest.figures
  const form = chosen !== undefined && formsOf(view).includes(chosen) ? chosen : firstForm(view)
  const current = shown === 'live' ? newest : entries.find(({ timeMs }) => timeMs === shown)
  const top = view.kind === 'chart' ? view.top : 1
  return (
    <div className={styles.view}>
      <fieldset className={styles.forms}>
        <legend className="visually-hidden">{t('outputs.figures.form', { node })}</legend>
        {formsOf(view).map((each) => (
          <Button key={each} aria-pressed={form === each} onClick={() => setChosen(each)}>
            {t(`outputs.figures.${each}`)}
          </Button>
        ))}
      </fieldset>
      {form === 'table' ? (
        <FiguresTable node={node} entries={entries} top={top} print={print} />
      ) : form === 'counter' ? (
        <Counter entries={entries} current={current} print={print} />
      ) : form === 'ranking' ? (
        <Ranking current={current} top={top} print={print} />
      ) : (
        <Chart node={node} form={form} entries={entries} top={top} shown={shown} print={print} />
      )}
    </div>
  )
}

function firstForm(view: View): Form {
  return view.kind === 'counter' ? 'counter' : view.form
}

function formsOf(view: View): readonly Form[] {
  return view.kind === 'counter' ? ['counter', 'table'] : ['lines', 'bars', 'ranking', 'table']
}
