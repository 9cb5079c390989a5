import { CircleAlert, Redo2, TriangleAlert, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useDocument, useServices } from '#ui/services.ts'
import { Button, IconButton } from '#ui/theme/Button.tsx'
import { printShortcut } from '#ui/theme/shortcut.ts'
import { formatNumber, useWords } from '#ui/words/words.ts'
import styles from './RunBar.module.css'

/** Undo and redo, each with what it would do. */
export function UndoButtons(): ReactNode {
  const t = useWords()
  const { document } = useServices()
  const undoLabel = useDocument((state) => state.history.done.at(-1)?.label)
  const redoLabel = useDocument((state) => state.history.undone.at(-1)?.label)
  const undo = undoLabel === undefined ? t('run.nothingToUndo') : t('run.undo', { label: undoLabel })
  const redo = redoLabel === undefined ? t('run.nothingToRedo') : t('run.redo', { label: redoLabel })
  return (
    <div className={styles.group}>
      <IconButton
        label={undo}
        icon={<Undo2 size={16} />}
        shortcut={printShortcut('$mod+z')}
        disabledBecause={undoLabel === undefined ? undo : undefined}
        onClick={() => document.getState().undo()}
      />
      <IconButton
        label={redo}
        icon={<Redo2 size={16} />}
        shortcut={printShortcut('$mod+Shift+z')}
        disabledBecause={redoLabel === undefined ? redo : undefined}
        onClick={() => document.getState().redo()}
      />
    </div>
  )
}

/** How many problems the document has; opens their list. */
export function ProblemCount(): ReactNode {
  const t = useWords()
  const { session } = useServices()
  const errors = useDocument((state) => state.checked.diagnostics.filter((each) => each.severity === 'error').length)
  const warnings = useDocument(
    (state) => state.checked.diagnostics.filter((each) => each.severity === 'warning').length,
  )
  return (
    <Button
      className={styles.count}
      aria-label={t('run.problems', { errors, warnings })}
      hint={t('run.problemsHint')}
      onClick={() => session.getState().showDockTab('problems')}
    >
      <span className={styles.errors} data-some={errors > 0}>
        <CircleAlert size={14} aria-hidden="true" /> {formatNumber(errors)}
      </span>
      <span className={styles.warnings} data-some={warnings > 0}>
        <TriangleAlert size={14} aria-hidden="true" /> {formatNumber(warnings)}
      </span>
    </Button>
  )
}
