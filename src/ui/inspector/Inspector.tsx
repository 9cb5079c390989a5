import { type ReactNode, useMemo } from 'react'
import { PipelineSettings } from '#ui/inspector/settings/PipelineSettings.tsx'
import { useDocument, useSession } from '#ui/services.ts'
import { EdgeInspector } from './EdgeInspector.tsx'
import styles from './Inspector.module.css'
import { ManySelected } from './ManySelected.tsx'
import { NodeInspector } from './NodeInspector.tsx'
import { type InspectorSlots, SlotsContext } from './slots.ts'

/** The right panel: whatever is selected, or the pipeline itself. The shell hands in what other features draw. */
export function Inspector({ CodeEditor, DataPanel }: InspectorSlots): ReactNode {
  const slots = useMemo(() => ({ CodeEditor, DataPanel }), [CodeEditor, DataPanel])
  return (
    <SlotsContext value={slots}>
      <div className={styles.inspector}>
        <Selected />
      </div>
    </SlotsContext>
  )
}

function Selected(): ReactNode {
  const selection = useSession((state) => state.selection)
  const known = useDocument((document) => document.checked.nodes)
  const edgeCount = useDocument((document) => document.pipeline.edges.length)
  // A selection may outlive what it names by one render, after an undo for instance.
  const nodes = selection.nodes.filter((id) => known.has(id))
  const edges = selection.edges.filter((position) => position < edgeCount)
  const [node] = nodes
  const [edge] = edges
  if (nodes.length + edges.length > 1) return <ManySelected nodes={nodes} edges={edges} />
  if (node !== undefined) return <NodeInspector key={node} id={node} />
  if (edge !== undefined) return <EdgeInspector position={edge} />
  return <PipelineSettings />
}
