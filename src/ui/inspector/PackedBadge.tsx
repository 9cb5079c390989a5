import { type ReactNode, useDeferredValue, useMemo } from 'react'
import { type PackedVerdict, packedNodes } from '#engine/compile/packed/packed-nodes.ts'
import { useDocument } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './PackedBadge.module.css'

type Translate = ReturnType<typeof useWords>

/** Longest piece of a function that is shown. */
const MAX_PART = 60

/** Says of a node behind lines of text whether it runs on their bytes, or what keeps it from it. */
export function PackedBadge({ node }: { readonly node: string }): ReactNode {
  const t = useWords()
  // Behind what is being typed: compiling is not for every key.
  const pipeline = useDeferredValue(useDocument((document) => document.pipeline))
  const verdict = useMemo(() => packedNodes(pipeline), [pipeline]).get(node)
  if (verdict === undefined) return null
  const isPacked = verdict.kind === 'packed'
  return (
    <details className={styles.badge}>
      <summary className={isPacked ? styles.packed : styles.records}>{titleOf(verdict, node, t)}</summary>
      <p>{isPacked ? t('packed.runsHelp') : reasonOf(verdict, t)}</p>
    </details>
  )
}

function titleOf(verdict: PackedVerdict, node: string, t: Translate): string {
  if (verdict.kind === 'packed') return t('packed.runs')
  return verdict.node === node ? t('packed.records') : t('packed.recordsBefore', { node: verdict.node })
}

function reasonOf({ node, why, part = '' }: Extract<PackedVerdict, { kind: 'ended' }>, t: Translate): string {
  if (why === 'grouping') return t('packed.grouping', { node })
  if (why === 'length') return t('packed.long', { node })
  if (why === 'records') return t('packed.wanted', { node })
  if (part === '') return t('packed.functionWhole', { node })
  const shown = part.replaceAll(/\s+/g, ' ')
  return t('packed.function', { node, part: shown.length > MAX_PART ? `${shown.slice(0, MAX_PART)}…` : shown })
}
