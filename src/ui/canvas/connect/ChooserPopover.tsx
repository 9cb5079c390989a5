import { Command } from 'cmdk'
import { Popover } from 'radix-ui'
import { type ReactNode, useMemo, useRef } from 'react'
import { findNode } from '#engine/model/pipeline.ts'
import { categories, type Operator } from '#engine/operator/operator.ts'
import { addAt, addBeside, connect } from '#ui/canvas/actions/commands.ts'
import { type CanvasDesk, rules, useCanvasDesk, useCanvasView } from '#ui/canvas/canvas-desk.ts'
import type { Chooser } from '#ui/canvas/canvas-view.ts'
import { centreOf } from '#ui/canvas/layout/geometry.ts'
import { placeBeside } from '#ui/canvas/layout/placement.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './ChooserPopover.module.css'
import { type Fit, fittingOperators, legalTargets } from './candidates.ts'

/** The list of what may be connected or added here, under the pointer or beside a node. */
export function ChooserPopover(): ReactNode {
  const desk = useCanvasDesk()
  const chooser = useCanvasView((view) => view.chooser)
  // Where the keyboard goes when the list closes: back to where it was, unless something was added.
  const before = useRef<Element | null>(null)
  const spot = chooser?.spot
  const anchor = useRef({ getBoundingClientRect: () => new DOMRect() })
  if (spot !== undefined) anchor.current = { getBoundingClientRect: () => new DOMRect(spot.x, spot.y, 0, 0) }
  const close = () => desk.view.setState({ chooser: undefined })
  return (
    <Popover.Root open={chooser !== undefined} onOpenChange={(open) => !open && close()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          className={styles.popover}
          side="bottom"
          align="start"
          collisionPadding={8}
          onOpenAutoFocus={() => {
            before.current = document.activeElement
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (before.current instanceof HTMLElement && before.current.isConnected && before.current !== document.body)
              before.current.focus()
            else desk.focus()
          }}
        >
          {chooser !== undefined && <ChooserList key={JSON.stringify(chooser.fit)} chooser={chooser} close={close} />}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function ChooserList({ chooser, close }: { readonly chooser: Chooser; readonly close: () => void }): ReactNode {
  const t = useWords()
  const desk = useCanvasDesk()
  const { fit } = chooser
  const { targets, operators } = useMemo(() => find(desk, chooser), [desk, chooser])
  const title = useTitle(fit)

  const choose = (run: () => void) => {
    close()
    run()
  }
  const add = (operator: Operator) => {
    if (chooser.middle !== undefined) addAt(desk, operator.name, chooser.middle, fit)
    else if (fit.kind === 'after')
      addAt(desk, operator.name, centreOf(placeBeside(desk.pipeline, [fit.from], desk.middle)), fit)
    else addBeside(desk, operator.name)
  }

  return (
    <Command label={title} loop>
      <p className={styles.title}>{title}</p>
      <Command.Input
        className={styles.input}
        placeholder={t('canvas.chooser.search')}
        aria-label={t('canvas.chooser.search')}
      />
      <Command.List className={styles.list} label={title}>
        <Command.Empty className={styles.empty}>
          {targets.length + operators.length === 0 ? t('canvas.chooser.nothing') : t('canvas.chooser.none')}
        </Command.Empty>
        {targets.length > 0 && (
          <Command.Group heading={t('canvas.chooser.nodes')}>
            {targets.map((edge) => (
              <Command.Item
                key={edge.to}
                value={`node ${edge.to}`}
                className={styles.item}
                onSelect={() => choose(() => connect(desk, edge, chooser.spot))}
              >
                <span className={styles.name}>{edge.to}</span>
                <span className={styles.detail}>
                  {edge.port === undefined
                    ? rules.findOperator(findNode(desk.pipeline, edge.to)?.op ?? '')?.title
                    : t('canvas.chooser.port', { port: edge.port })}
                </span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {categories.map((category) => {
          const mine = operators.filter((operator) => operator.category === category)
          if (mine.length === 0) return null
          return (
            <Command.Group key={category} heading={t(`canvas.category.${category}`)}>
              {mine.map((operator) => (
                <Command.Item
                  key={operator.name}
                  value={operator.name}
                  keywords={[operator.title, operator.summary]}
                  className={styles.item}
                  onSelect={() => choose(() => add(operator))}
                >
                  <span className={styles.glyph} aria-hidden>
                    {operator.glyph}
                  </span>
                  <span className={styles.name}>{operator.title}</span>
                  <span className={styles.detail}>{operator.summary}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )
        })}
      </Command.List>
    </Command>
  )
}

function find(desk: CanvasDesk, { fit, withNodes }: Chooser) {
  return {
    targets: withNodes && fit.kind === 'after' ? legalTargets(desk.pipeline, fit.from, rules) : [],
    operators: fittingOperators(desk.pipeline, fit, rules),
  }
}

function useTitle(fit: Fit): string {
  const t = useWords()
  switch (fit.kind) {
    case 'anywhere':
      return t('canvas.chooser.add')
    case 'after':
      return t('canvas.chooser.after', { from: fit.from })
    case 'before':
      return t('canvas.chooser.before', { to: fit.to })
    case 'into':
      return t('canvas.chooser.into')
  }
}
