import { HoverCard } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import type { Json } from '#engine/model/json.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import { findShownNode } from '#ui/canvas/node/live-count.ts'
import { printValue } from '#ui/print/record.ts'
import { useRun, useSession } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasEdge.module.css'

/** Records that a glance at an edge shows. */
const PEEKED = 3
/** Characters of one of them. */
const MAX_TEXT = 120

/** The first records of a node's stream in the shown batch, beside a control, on hover and on keyboard focus. */
export function EdgePeek({ node, children }: { readonly node: string; readonly children: ReactElement }): ReactNode {
  return (
    <HoverCard.Root openDelay={150} closeDelay={80}>
      <HoverCard.Trigger asChild>{children}</HoverCard.Trigger>
      <HoverCard.Portal>
        <HoverCard.Content className={styles.peek} side="bottom" sideOffset={6} collisionPadding={8}>
          <Peek node={node} />
        </HoverCard.Content>
      </HoverCard.Portal>
    </HoverCard.Root>
  )
}

function Peek({ node }: { readonly node: string }): ReactNode {
  const t = useWords()
  const shown = useSession((state) => state.shownBatchMs)
  const batch = useRun((figures) => findShownNode(figures, shown, node))
  if (batch === undefined || batch === null) return <p>{t('canvas.edge.none')}</p>
  if (batch.records === 0) return <p>{t('canvas.edge.empty')}</p>
  const rows = batch.sample.slice(0, PEEKED).map(printSample)
  const count = batch.records
  return (
    <>
      <p>
        {rows.length < count ? t('canvas.edge.first', { shown: rows.length, count }) : t('canvas.edge.all', { count })}
      </p>
      <ol>
        {rows.map((row, index) => (
          // Records have no identity and the list is replaced as a whole.
          // biome-ignore lint/suspicious/noArrayIndexKey: position is all that tells equal records apart
          <li key={index}>{row}</li>
        ))}
      </ol>
      <p>{t('canvas.edge.open')}</p>
    </>
  )
}

function printSample(record: Json): string {
  try {
    return printValue(decodeTagged(record)).slice(0, MAX_TEXT)
  } catch {
    // User code shares the executors with us, so a sample may be anything; as it came it still tells something.
    return JSON.stringify(record).slice(0, MAX_TEXT)
  }
}
