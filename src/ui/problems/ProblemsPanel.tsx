import { type ReactNode, useMemo } from 'react'
import type { CodeFrame } from '#engine/model/batch-data.ts'
import type { Diagnostic } from '#engine/model/diagnostic.ts'
import type { RunWarning } from '#engine/model/run-state.ts'
import { useDocument, useRun } from '#ui/services.ts'
import { EmptyState } from '#ui/theme/EmptyState.tsx'
import { useWords } from '#ui/words/words.ts'
import { DiagnosticItem } from './DiagnosticItem.tsx'
import { FailureItem } from './FailureItem.tsx'
import { foldFailures } from './fold-failures.ts'
import styles from './ProblemsPanel.module.css'
import { keyOfDiagnostic, sortDiagnostics } from './sort-diagnostics.ts'

/** How many things the panel would list: the dock's tab shows it. */
export function useProblemCount(): number {
  const diagnostics = useDocument((document) => document.checked.diagnostics)
  const start = useRun((run) => run.startDiagnostics)
  const failures = useRun((run) => run.failures)
  const warnings = useRun((run) => run.warnings)
  return useMemo(
    () =>
      sortDiagnostics([...diagnostics, ...start]).length + foldFailures(failures).length + warningsOf(warnings).length,
    [diagnostics, start, failures, warnings],
  )
}

/** Everything a person can mend, with the way there. */
export function ProblemsPanel(): ReactNode {
  const t = useWords()
  const found = useDocument((document) => document.checked.diagnostics)
  const startDiagnostics = useRun((run) => run.startDiagnostics)
  const failures = useRun((run) => run.failures)
  const runWarnings = useRun((run) => run.warnings)
  const diagnostics = useMemo(() => sortDiagnostics(found), [found])
  const refused = useMemo(() => {
    const known = new Set(found.map(keyOfDiagnostic))
    return sortDiagnostics(startDiagnostics.filter((each) => !known.has(keyOfDiagnostic(each))))
  }, [found, startDiagnostics])
  const folded = useMemo(() => foldFailures(failures), [failures])
  const warnings = useMemo(() => warningsOf(runWarnings), [runWarnings])
  const framesOf = ({ node, message }: Diagnostic) =>
    runWarnings.filter((each) => each.node === node && each.message === message).at(-1)?.frames
  if (diagnostics.length + refused.length + folded.length + warnings.length === 0) {
    return <EmptyState title={t('problems.none')} text={t('problems.noneText')} />
  }
  return (
    <div className={styles.panel}>
      <Group title={t('problems.ofStart')} diagnostics={refused} />
      {folded.length > 0 && (
        <section className={styles.group} aria-label={t('problems.ofRun')}>
          <h3 className={styles.title}>{t('problems.ofRun')}</h3>
          <ul>
            {folded.map((each) => (
              <FailureItem key={each.key} folded={each} />
            ))}
          </ul>
        </section>
      )}
      <Group title={t('problems.ofPipeline')} diagnostics={diagnostics} />
      <Group title={t('problems.warnings')} diagnostics={warnings} framesOf={framesOf} />
    </div>
  )
}

interface GroupProps {
  readonly title: string
  readonly diagnostics: readonly Diagnostic[]
  framesOf?(diagnostic: Diagnostic): readonly CodeFrame[] | undefined
}

function Group({ title, diagnostics, framesOf }: GroupProps): ReactNode {
  if (diagnostics.length === 0) return null
  return (
    <section className={styles.group} aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <ul>
        {diagnostics.map((each) => (
          <DiagnosticItem key={keyOfDiagnostic(each)} diagnostic={each} frames={framesOf?.(each)} />
        ))}
      </ul>
    </section>
  )
}

/** The driver's warnings in the form of diagnostics, repeats folded. */
function warningsOf(warnings: readonly RunWarning[]): readonly Diagnostic[] {
  return sortDiagnostics(warnings.map((warning) => ({ code: 'run/warning', severity: 'warning', ...warning })))
}
