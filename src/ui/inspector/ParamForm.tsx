import { type ReactNode, useMemo } from 'react'
import type { CheckedNode } from '#engine/compile/checked-pipeline.ts'
import type { Fix } from '#engine/model/diagnostic.ts'
import type { Json } from '#engine/model/json.ts'
import type { Param } from '#engine/operator/param.ts'
import { ParamField } from '#ui/inspector/fields/ParamFields.tsx'
import { useDocument, useServices, useSession } from '#ui/services.ts'
import { useWords } from '#ui/words/words.ts'
import styles from './Inspector.module.css'
import { NodeProblems } from './NodeProblems.tsx'

/** The form of a node's parameters, derived from what its operator says of them. */
export function ParamForm({ checked }: { readonly checked: CheckedNode }): ReactNode {
  const t = useWords()
  const { document } = useServices()
  const { node, operator } = checked
  const all = useDocument((state) => state.checked.diagnostics)
  const reveal = useSession((state) => (state.reveal?.node === node.id ? state.reveal : undefined))
  const own = useMemo(() => all.filter((each) => each.node === node.id), [all, node.id])
  const params = Object.entries(operator?.params ?? {})
  const fix = ({ param, value }: Fix) => {
    document.getState().edit({ kind: 'setParam', node: node.id, param, value })
  }
  const field = ([name, param]: readonly [string, Param]) => (
    <ParamField
      key={name}
      node={node.id}
      param={name}
      spec={param.spec}
      required={param.required}
      fallback={param.fallback}
      value={node.params[name]}
      id={`param-${node.id}-${name}`}
      diagnostics={own.filter((each) => each.param === name)}
      focusCount={reveal?.param === name ? reveal.count : 0}
      focusAt={reveal?.param === name ? reveal.at : undefined}
      fix={fix}
      write={(value: Json | undefined) =>
        document
          .getState()
          .edit(
            { kind: 'setParam', node: node.id, param: name, ...(value === undefined ? {} : { value }) },
            { coalesce: `param ${node.id} ${name}` },
          )
      }
    />
  )
  const advanced = params.filter(([, param]) => param.spec.advanced === true)
  const revealsAdvanced = advanced.some(([name]) => reveal?.param === name || own.some((each) => each.param === name))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: leaving a field ends its undo step
    <div className={styles.form} style={{ padding: 0 }} onBlur={() => document.getState().seal()}>
      <NodeProblems
        diagnostics={own.filter((each) => each.param === undefined || operator?.params[each.param] === undefined)}
        onFix={fix}
      />
      {params.filter(([, param]) => param.spec.advanced !== true).map(field)}
      {params.length === 0 && operator !== undefined && <p className={styles.note}>{t('inspector.noParams')}</p>}
      {advanced.length > 0 && (
        <details className={styles.more} open={revealsAdvanced || undefined}>
          <summary>{t('inspector.more')}</summary>
          <div className={styles.moreFields}>{advanced.map(field)}</div>
        </details>
      )}
    </div>
  )
}
