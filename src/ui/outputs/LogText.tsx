import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './LogText.module.css'

const LINE_PX = 18

export interface LogBlock {
  readonly key: number
  readonly lines: readonly string[]
}

export interface LogTextProps {
  readonly label: string
  readonly blocks: readonly LogBlock[]
  /** Keeps the last line in sight. */
  readonly follow: boolean
  readonly empty: string
}

/** Text in blocks, of which only those in sight are in the page. Lines do not wrap, so their number is their height. */
export function LogText({ label, blocks, follow, empty }: LogTextProps): ReactNode {
  const scroller = useRef<HTMLDivElement>(null)
  const written = blocks.filter((block) => block.lines.length > 0)
  const virtual = useVirtualizer({
    count: written.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (written[index]?.lines.length ?? 0) * LINE_PX,
    getItemKey: (index) => written[index]?.key ?? index,
    overscan: 4,
  })
  // Batches differ in length: a new list needs new sizes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is what changes
  useEffect(() => {
    virtual.measure()
    if (follow && scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight
  }, [blocks, follow])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div ref={scroller} className={styles.scroller} role="log" aria-live="off" aria-label={label} tabIndex={0}>
      {written.length === 0 && <p className={styles.empty}>{empty}</p>}
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => (
          <pre key={item.key} className={styles.block} style={{ transform: `translateY(${item.start}px)` }}>
            {written[item.index]?.lines.join('\n')}
          </pre>
        ))}
      </div>
    </div>
  )
}
