import type { ReactNode } from 'react'
import { CodeEditor } from '#ui/code-editor/CodeEditor.tsx'
import { DataPanel } from '#ui/data/DataPanel.tsx'
import { Inspector } from '#ui/inspector/Inspector.tsx'

/** The inspector with the panels of other features in it. */
export function InspectorPanel(): ReactNode {
  return <Inspector CodeEditor={CodeEditor} DataPanel={DataPanel} />
}
