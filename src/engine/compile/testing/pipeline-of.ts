import { printDiagnostic } from '#engine/model/diagnostic.ts'
import { parsePipeline } from '#engine/model/parse-pipeline.ts'
import type { Pipeline } from '#engine/model/pipeline.ts'
import { documentOf, type NodeText } from '#engine/runtime/testing/document.ts'

/** A parsed document in short; nodes named in `disabled` are switched off. */
export function pipelineOf(
  nodes: Readonly<Record<string, NodeText>>,
  settings: object = {},
  disabled: readonly string[] = [],
): Pipeline {
  const parsed = parsePipeline(documentOf(nodes, settings))
  if (!parsed.ok) throw new Error(parsed.error.map(printDiagnostic).join('\n'))
  const { value } = parsed
  return {
    ...value,
    nodes: value.nodes.map((node) => (disabled.includes(node.id) ? { ...node, disabled: true } : node)),
  }
}
