import { Panel } from '@xyflow/react'
import { Maximize, Minus, Plus, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CanvasAction } from '#ui/canvas/actions/canvas-actions.ts'
import { printShortcut } from '#ui/canvas/actions/shortcut.ts'
import { IconButton } from '#ui/theme/Button.tsx'
import { useWords } from '#ui/words/words.ts'
import styles from './Canvas.module.css'

const ICONS = { zoomOut: Minus, zoomIn: Plus, fit: Maximize, tidy: Workflow } as const

/** Zoom, fit and tidy, always in sight. */
export function CanvasToolbar({ actions }: { readonly actions: readonly CanvasAction[] }): ReactNode {
  const t = useWords()
  return (
    <Panel position="bottom-left" className={styles.panel}>
      <div className={styles.toolbar} role="toolbar" aria-label={t('canvas.toolbar')}>
        {Object.entries(ICONS).map(([id, Icon]) => {
          const action = actions.find((each) => each.id === id)
          if (action === undefined) return null
          const [shortcut] = action.shortcuts
          return (
            <IconButton
              key={id}
              label={t(action.label)}
              icon={<Icon size={16} aria-hidden />}
              shortcut={shortcut === undefined ? undefined : printShortcut(shortcut)}
              onClick={() => action.run()}
            />
          )
        })}
      </div>
    </Panel>
  )
}
