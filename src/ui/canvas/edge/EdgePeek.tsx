import { Popover } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import type { Json } from '#engine/model/json.ts'
import { printValue } from '#engine/record/print-record.ts'
import { decodeTagged } from '#engine/record/tagged-json.ts'
import { useCanvasView } from '#ui/canvas/canvas-desk.ts'
import { findShownNode } from '#ui/canvas/node/live-count.ts'
import { useRun, useSession } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './CanvasEdge.module.css'

/** Records that a glance at an edge shows. */
const PEEKED = 3
/** Characters of one of them. */
const MAX_TEXT = 120

/** The first records of a node's stream in the shown batch, beside the figure that the pointer or the focus is on. One
 *  card serves all edges, so that an edge stays cheap to draw. */
export function EdgePeek(): ReactNode {
  const peek = useCanvasView((view) => view.peek)
  const anchor = useRef<Element | null>(null)
  if (peek === undefined) return null
  anchor.current = peek.beside
  return (
    <Popover.Root open>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className={styles.peek}
          role="tooltip"
          side="bottom"
          sideOffset={6}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <Records node={peek.node} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Records({ node }: { readonly node: string }): ReactNode {
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
