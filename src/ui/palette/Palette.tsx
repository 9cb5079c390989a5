import { Search, X } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react'
import type { Operator } from '#engine/operator/operator.ts'
import { operators } from '#engine/registry.ts'
import { OPERATOR_DRAG } from '#ui/state/operator-drag.ts'
import { Button } from '#ui/theme/Button.tsx'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { Hint } from '#ui/theme/Hint.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './Palette.module.css'
import { searchPalette } from './palette-search.ts'

export interface PaletteProps {
  /** By click or Enter; a drag is taken by what it is dropped on. */
  readonly onAdd: (operator: string) => void
  /** The examples, below the operators. */
  readonly children?: ReactNode
}

/** All operators by category, with search; one is added by a click, by Enter, or by dragging it. */
export function Palette({ onAdd, children }: PaletteProps): ReactNode {
  const t = useWords()
  const [query, setQuery] = useState('')
  const sections = useMemo(() => searchPalette(operators, query), [query])
  const count = sections.reduce((sum, section) => sum + section.operators.length, 0)
  const list = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)

  const entries = () => [...(list.current?.querySelectorAll<HTMLElement>('[data-operator]') ?? [])]
  const clear = () => {
    setQuery('')
    field.current?.focus()
  }
  const onFieldKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      entries()[0]?.focus()
    } else if (event.key === 'Enter') {
      const best = sections[0]?.operators[0]
      if (query.trim() !== '' && best !== undefined) onAdd(best.name)
    } else if (event.key === 'Escape' && query !== '') {
      event.stopPropagation()
      clear()
    }
  }
  const onListKey = (event: KeyboardEvent) => {
    const all = entries()
    const at = all.findIndex((entry) => entry.matches(':focus'))
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    if (next < 0) field.current?.focus()
    else all[Math.min(next, all.length - 1)]?.focus()
  }

  return (
    <div className={styles.palette}>
      <div className={styles.search}>
        <Search size={14} aria-hidden />
        <input
          ref={field}
          type="search"
          aria-label={t('palette.search')}
          placeholder={t('palette.search')}
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={onFieldKey}
        />
        {query !== '' && (
          <button type="button" className={styles.clear} aria-label={t('palette.clear')} onClick={clear}>
            <X size={14} aria-hidden />
          </button>
        )}
        <span className="visually-hidden" role="status">
          {query === '' ? '' : t('palette.found', { count })}
        </span>
      </div>
      <div className={styles.scroll}>
        {/* Arrow keys go through the entries, which are buttons of their own. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
        <div ref={list} onKeyDown={onListKey}>
          {sections.map((section) => (
            <Section
              key={section.category}
              category={section.category}
              title={t(`palette.category.${section.category}`)}
            >
              {section.operators.map((operator) => (
                <Entry key={operator.name} operator={operator} onAdd={onAdd} />
              ))}
            </Section>
          ))}
        </div>
        {count === 0 && (
          <EmptyState title={t('palette.none.title')} text={t('palette.none.text', { query })}>
            <Button look="outline" onClick={clear}>
              {t('palette.clear')}
            </Button>
          </EmptyState>
        )}
        {children !== undefined && query === '' && <Section title={t('palette.examples')}>{children}</Section>}
      </div>
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly category?: string
  readonly children: ReactNode
}

function Section({ title, category, children }: SectionProps): ReactNode {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h3 id={id} className={styles.heading} data-category={category}>
        {title}
      </h3>
      {children}
    </section>
  )
}

function Entry({
  operator,
  onAdd,
}: {
  readonly operator: Operator
  readonly onAdd: (operator: string) => void
}): ReactNode {
  const id = useId()
  const onDragStart = (event: DragEvent) => {
    event.dataTransfer.setData(OPERATOR_DRAG, operator.name)
    event.dataTransfer.effectAllowed = 'copy'
  }
  return (
    <Hint text={operator.help} side="right">
      <button
        type="button"
        className={styles.entry}
        data-operator={operator.name}
        aria-labelledby={`${id}-title`}
        aria-description={operator.summary}
        draggable
        onDragStart={onDragStart}
        onClick={() => onAdd(operator.name)}
      >
        <span className={styles.glyph} aria-hidden>
          {operator.glyph}
        </span>
        <span className={styles.text}>
          <span id={`${id}-title`} className={styles.title}>
            {operator.title}
          </span>
          <span className={styles.summary}>{operator.summary}</span>
        </span>
      </button>
    </Hint>
  )
}
