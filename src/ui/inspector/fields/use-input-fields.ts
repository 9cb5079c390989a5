import { useMemo } from 'react'
import type { Json } from '#engine/model/json.ts'
import { useDocument, useRun } from '#ui/services.ts'

/** Names of the fields in the first record that entered the node in the newest batch, for completion. */
export function useInputFields(node: string): readonly string[] {
  const from = useDocument((document) => [...(document.checked.nodes.get(node)?.inputs.values() ?? [])][0]?.[0])
  // One text, so that a batch with the same fields renders nothing.
  const joined = useRun((run) =>
    fieldsOf(from === undefined ? undefined : run.newest?.nodes[from]?.sample[0]).join('\n'),
  )
  return useMemo(() => (joined === '' ? [] : joined.split('\n')), [joined])
}

/** Fields of the record, or of the value of a pair; tagged values have none. */
function fieldsOf(record: Json | undefined): readonly string[] {
  if (Array.isArray(record)) return record.length === 2 ? fieldsOf(record[1]) : []
  if (typeof record !== 'object' || record === null || Object.hasOwn(record, '$')) return []
  return Object.keys(record).filter((name) => /^[A-Za-z_$][\w$]*$/.test(name))
}
